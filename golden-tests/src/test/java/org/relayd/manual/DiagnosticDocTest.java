package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.DiagnosticCode;

/** What diagnostics say about the manual. */
class DiagnosticDocTest {
    @Test
    void everyCodeNamesASectionOfRelaydConf() throws IOException {
        Set<String> headings = ManualPage.read("relayd.conf.5").headings();
        assertEquals(List.of(), codes().filter(code -> !headings.contains(code.section()))
                .map(code -> code.id() + ": " + code.section()).toList());
    }

    @Test
    void everyAdviceIsInTheManual() throws IOException {
        List<String> lines = ManualPage.read("relayd.conf.5").lines();
        assertEquals(List.of(), Stream.of(AdviceCode.values()).map(DiagnosticCode::id)
                .filter(id -> !lines.contains(".It " + id)).toList());
    }

    @Test
    void everyCodeIsUsedOnce() {
        List<String> ids = codes().map(DiagnosticCode::id).sorted().toList();
        assertEquals(ids.stream().distinct().toList(), ids);
    }

    private static Stream<DiagnosticCode> codes() {
        return Stream.of(DiagnosticCode.class.getPermittedSubclasses())
                .flatMap(group -> Stream.of(group.getEnumConstants())).map(DiagnosticCode.class::cast);
    }
}
