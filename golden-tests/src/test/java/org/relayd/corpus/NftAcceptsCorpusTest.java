package org.relayd.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.compiler.lower.NftLowering;
import org.relayd.compiler.lower.PfLowering;
import org.relayd.compiler.print.NftPrinter;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.term.Dialect;

/**
 * nft(8) takes what is made of every redirection of the corpus, with all hosts up and with all of them
 * down, and of golden cases.
 */
@Tag("netns")
class NftAcceptsCorpusTest {
    @TempDir
    private Path folder;

    /** Returns the scripts by the names of their files. */
    private static Map<String, String> scripts() {
        Map<String, String> scripts = new TreeMap<>();
        for (Dialect dialect : Dialect.values()) {
            for (CorpusCase input : Corpus.cases(dialect)) {
                Optional<PfPlan> plan = input.compile(Corpus.world()).config()
                        .map(config -> new PfLowering(Corpus.world().routingDomain()).lower(config))
                        .filter(found -> !found.anchors().isEmpty());
                plan.map(NftLowering::lower)
                        .filter(lowered -> lowered.diagnostics().stream().noneMatch(Diagnostic::isError))
                        .ifPresent(lowered -> {
                            String name = dialect.word() + "-" + scripts.size();
                            scripts.put(name + "-up", "# " + input.name() + "\n"
                                    + NftPrinter.print(plan.get(), lowered.plan(), host -> true));
                            scripts.put(name + "-down", "# " + input.name() + "\n"
                                    + NftPrinter.print(plan.get(), lowered.plan(), host -> false));
                        });
            }
        }
        return scripts;
    }

    /** Returns the scripts that stand beside golden cases. */
    private static Map<String, String> golden() throws IOException {
        Map<String, String> scripts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("cases"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".nft")).toList()) {
                scripts.put("golden-" + scripts.size(), "# " + file + "\n" + Files.readString(file));
            }
        }
        return scripts;
    }

    @Test
    void nftTakesEveryScript() throws IOException, InterruptedException {
        assumeTrue(new ProcessBuilder("unshare", "-n", "true").start().waitFor() == 0,
                "needs root: a network namespace cannot be made");
        Map<String, String> scripts = scripts();
        scripts.putAll(golden());
        assertTrue(scripts.size() > 100, "only " + scripts.size() + " scripts");
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            Files.writeString(folder.resolve(script.getKey()), script.getValue());
        }
        Process nft = new ProcessBuilder("unshare", "-n", "sh", "-c",
                "ip link set lo up; cd \"$1\"; for script in *; do nft -c -f $script || head -n 1 $script; done", "sh",
                folder.toString()).redirectErrorStream(true).start();
        assertEquals("", new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, nft.waitFor());
    }
}
