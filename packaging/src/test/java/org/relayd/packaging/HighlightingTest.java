package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.words.Keyword;

/** Files for editors against the compiler's table. */
class HighlightingTest {
    @Test
    void everyKeywordIsColoured() {
        List<String> vim = Arrays.asList(Highlighting.vim().split("\\s+"));
        List<String> textMate = Arrays.asList(Highlighting.textMate().split("[|():]"));
        for (Keyword keyword : Keyword.all()) {
            assertTrue(vim.contains(keyword.spelling()), keyword::spelling);
            assertTrue(textMate.contains(keyword.spelling()), keyword::spelling);
        }
    }
}
