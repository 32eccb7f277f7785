package org.relayd.ctl.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on this machine's kernel, in a network namespace of its own: what it says to run does mend. */
@Tag("netns")
class DoctorNamespaceTest {
    private static final int MOST_FLOWS = 300_000;

    @TempDir
    private Path folder;

    /**
     * Runs a script in a new network namespace, which ends with it; {@code $doctor} runs the program,
     * {@code $java} other ones.
     */
    private String inNamespace(String script) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java")
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "
                + System.getProperty("java.class.path");
        Process process = new ProcessBuilder("unshare", "--net", "sh", "-c",
                "java='" + java + "'; doctor=\"$java org.relayd.ctl.RelayctlMain -s " + folder.resolve("none.sock")
                        + " doctor\"; dir='" + folder + "'\n" + script)
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the script did not end");
        return output;
    }

    @Test
    void theCommandMendsWhatTheProgramFound() throws Exception {
        String said = inNamespace("echo 0 > /proc/sys/net/ipv4/ip_forward; $doctor > $dir/said; cat $dir/said;"
                + " grep '^    .*ip_forward' $dir/said > $dir/mend; sh $dir/mend; echo MENDED; $doctor");
        String[] halves = said.split("MENDED\n", -1);
        assertEquals(2, halves.length, said);
        assertTrue(halves[0].contains("advice: net.ipv4.ip_forward is 0"), said);
        assertFalse(halves[1].contains("net.ipv4.ip_forward is 0"), said);
        assertTrue(halves[1].contains("relayd does not answer"), said);
    }

    @Test
    void theCommandLetsInWhatTheRulesDropped() throws Exception {
        String said = inNamespace("PATH=$dir:$PATH; cat > $dir/relayd-compile <<'EOF'\n#!/bin/sh\n"
                + "printf 'open port\\ttcp 0.0.0.0 8080\\trelay www\\n'\nEOF\nchmod 755 $dir/relayd-compile;"
                + " nft 'table inet f { set web { type inet_service; elements = { 81, 82 }; }; chain in { type filter"
                + " hook input priority 0; policy drop; iif lo accept; ct state established,related accept;"
                + " tcp dport { 22, 8081-8090 } counter accept; meta l4proto icmp accept; }; }';"
                + " $doctor > $dir/said; cat $dir/said; grep '^    nft' $dir/said > $dir/mend; sh $dir/mend;"
                + " echo MENDED; $doctor");
        String[] halves = said.split("MENDED\n", -1);
        assertEquals(2, halves.length, said);
        assertTrue(halves[0].contains("problem: chain in of table inet f drops what comes to tcp port 8080 (relay www)"
                + "\n    nft insert rule inet f in tcp dport 8080 accept\n"), said);
        assertFalse(halves[1].contains("drops what comes"), said);
    }

    @Test
    void aTableOfConnectionsThatIsNearlyFullIsAProblem() throws Exception {
        int most = Integer.parseInt(inNamespace("cat /proc/sys/net/netfilter/nf_conntrack_max").strip());
        assumeTrue(most <= MOST_FLOWS, "more connections than a test should make: " + most);
        int enough = most * 9 / 10 + 1_000;
        String said = inNamespace(
                "ip link set lo up; nft 'table inet t { chain c { type filter hook output priority 0; "
                        + "ct state invalid drop; }; }'; $doctor; echo FLOWS; $java org.relayd.ctl.doctor.Flows "
                        + enough
                        + "; cat /proc/sys/net/netfilter/nf_conntrack_count; $doctor");
        String[] halves = said.split("FLOWS\n", -1);
        assertFalse(halves[0].contains("connections are tracked"), said);
        assertTrue(halves[1].contains(" of at most " + most
                + " connections are tracked: the kernel drops new ones when "
                + "the table is full; the limit is set outside this network namespace\n"
                + "    nsenter --net=/proc/1/ns/net sysctl -w net.netfilter.nf_conntrack_max=" + 2 * most + "\n"),
                said);
    }
}
