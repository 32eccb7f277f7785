package org.relayd.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.ir.diagnostic.GlobalCode;

/**
 * Whatever is an extension is refused without {@code extensions on}, and its model says that it is one, or its
 * canonical text would be refused. relayd.conf(5): EXTENSIONS.
 */
class ExtensionTest {
    private static final String LINE = "extensions on\n";

    @Test
    void whatUsesExtensionsIsRefusedWithoutTheLineAndNothingElseIs() {
        List<GoldenCase> cases = GoldenCase.all().stream().filter(each -> each.text().contains("\n" + LINE))
                .filter(each -> each.compile().isAccepted()).toList();
        assertTrue(cases.size() > 3, () -> "only " + cases.size() + " cases ask for extensions");
        List<String> using = names(cases.stream()
                .filter(each -> each.compile().config().orElseThrow().usesExtensions()));
        assertEquals(using, names(cases.stream().filter(ExtensionTest::isRefusedWithout)));
    }

    private static boolean isRefusedWithout(GoldenCase each) {
        String main = each.file().getFileName().toString();
        byte[] text = each.text().replace("\n" + LINE, "\n").getBytes(StandardCharsets.UTF_8);
        Compilation compilation = RelaydCompiler.compile(main, each.world().options(), new FileEnvironment(
                each.world().machine(), path -> path.equals(main) ? text : each.readFile(path)));
        return compilation.diagnostics().stream().anyMatch(error -> error.code() == GlobalCode.EXTENSION);
    }

    private static List<String> names(Stream<GoldenCase> cases) {
        return cases.map(GoldenCase::name).toList();
    }
}
