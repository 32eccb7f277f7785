package org.relayd.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.CanonicalConfig;
import org.relayd.compiler.Compilation;

/**
 * Every accepted case, written anew in the current dialect, means the same when it is read again; except cases of
 * dialect 5.1 that say why they cannot.
 */
class CanonicalCaseTest {
    private static final String SPECIAL = " writes a name with characters that are special in the current dialect";
    private static final String SEVERAL_KEYS = ": protocol p: expect actions on different keys must all hold, "
            + "but of several pass rules the last one decides";

    @Test
    void meansTheSameOrSaysWhyItCannot() {
        List<String> refused = new ArrayList<>();
        for (GoldenCase each : GoldenCase.all()) {
            Compilation compilation = each.compile();
            if (compilation.isAccepted()) {
                CanonicalConfig.print(compilation.config().orElseThrow(), each.environment()).refusals()
                        .forEach(reason -> refused.add(each.name() + ": " + reason));
            }
        }
        assertEquals(List.of("actions/expect" + SEVERAL_KEYS, "actions/keys-from-a-file" + SEVERAL_KEYS,
                "actions/path-and-append: protocol p: request path append \"b\" has no effect, "
                        + "which is hardly what was meant",
                "actions/several-keys-expected" + SEVERAL_KEYS,
                "dialects/translation-refused-names: protocol p: request header change \"X-Int*\"" + SPECIAL,
                "dialects/translation-refused-names: protocol p: response header append \"X-[y]\"" + SPECIAL,
                "dialects/translation-refused-names: protocol p: request header append \"back\\slash\"" + SPECIAL,
                "dialects/translation-refused" + SEVERAL_KEYS,
                "protocols/tcp-options-of-dns-5.1: tcp nodelay: can set tcp options only for tcp or http protocols",
                "protocols/tcp-options-of-dns-5.1: protocol \"p\": no such protocol: p",
                "redirects/session-timeout-too-large-5.1: session timeout 2147483648: timeout too large: 2147483648",
                "relays/same-listener-5.1: relay b or listener defined twice"),
                refused);
    }
}
