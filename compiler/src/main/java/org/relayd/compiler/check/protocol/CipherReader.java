package org.relayd.compiler.check.protocol;

import java.util.List;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.source.SimilarNames;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.tls.CipherList;
import org.relayd.ir.tls.CipherList.Remark;

/** Tells what a list of ciphers says to no effect. That it leaves nothing is told by relays that need something. */
final class CipherReader {
    private final Findings findings;

    CipherReader(Findings findings) {
        this.findings = findings;
    }

    void check(Text text) {
        CipherList list = CipherList.read(text.value());
        of(list, Remark.Unknown.class).forEach(word -> findings.add(TlsErrors.unknownCipher(text, word,
                SimilarNames.nearest(word, CipherList.suggestions()))));
        List<String> absent = of(list, Remark.Absent.class);
        if (!absent.isEmpty()) {
            findings.add(TlsErrors.absentCiphers(text, String.join(", ", absent)));
        }
        of(list, Remark.Command.class).forEach(word -> findings.add(TlsErrors.cipherCommand(text, word)));
        List<String> newest = of(list, Remark.Newest.class);
        if (!newest.isEmpty()) {
            findings.add(TlsErrors.newestCiphers(text, String.join(", ", newest), list.isOfNewestOnly()));
        }
    }

    private static List<String> of(CipherList list, Class<? extends Remark> kind) {
        return list.remarks().stream().filter(kind::isInstance).map(Remark::word).distinct().toList();
    }
}
