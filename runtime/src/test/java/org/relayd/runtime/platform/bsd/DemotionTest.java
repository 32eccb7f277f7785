package org.relayd.runtime.platform.bsd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.ir.image.RouteImage;
import org.relayd.runtime.platform.CarpDemotion;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.bsd.RecordingCalls.Request;
import org.relayd.runtime.platform.bsd.abi.Facts;
import org.relayd.runtime.system.ErrorName;

class DemotionTest {
    private static final Facts OPENBSD = Facts.of("openbsd");

    @TempDir
    private Path folder;
    private final RecordingCalls calls = new RecordingCalls();

    private RunFiles files() {
        return new RunFiles(folder, ProcessHandle.current().pid());
    }

    private CarpDemotion openBsd() {
        return OpenBsdKernel.of(calls, files(), () -> 0).demotion();
    }

    private void sent(Request request, int delta) {
        assertEquals(OPENBSD.number(request.name()), request.number());
        assertArrayEquals(OPENBSD.expected("ifgroupreq").text("ifgr_name", "carp")
                .number("ifgr_ifgru.ifgru_attrib.ifg_carp_demoted", delta).toBytes(), request.argument().array());
    }

    @Test
    void openBsdCountsForEachGroup() throws KernelException {
        CarpDemotion demotion = openBsd();
        demotion.open(Set.of("carp"));
        sent(calls.only("SIOCGIFGATTR"), 0);
        demotion.change("carp", 1);
        demotion.change("carp", 1);
        demotion.change("carp", -1);
        demotion.close();
        demotion.close();
        List<Request> changes = calls.all("SIOCSIFGATTR");
        assertEquals(4, changes.size(), "what is left is taken back, once");
        sent(changes.get(0), 1);
        sent(changes.get(2), -1);
        sent(changes.get(3), -1);
    }

    @Test
    void reloadKeepsGroupsAndGivesBackThoseThatWent() throws KernelException {
        CarpDemotion demotion = openBsd();
        demotion.open(Set.of("carp"));
        demotion.change("carp", 1);
        demotion.open(Set.of("carp"));
        assertEquals(1, calls.all("SIOCSIFGATTR").size());
        demotion.open(Set.of("lan"));
        sent(calls.all("SIOCSIFGATTR").get(1), -1);
    }

    @Test
    void aGroupThatDoesNotExistIsNamed() {
        calls.refusing("SIOCGIFGATTR", ErrorName.ENOENT);
        assertEquals("interface group carp: there is none",
                assertThrows(KernelException.class, () -> openBsd().open(Set.of("carp"))).getMessage());
        assertEquals("close", calls.lines.getLast());
    }

    @Test
    void freeBsdHasOneCounterForAll() throws KernelException {
        CarpDemotion demotion = FreeBsdKernel.of(calls, files()).demotion();
        demotion.open(Set.of("lan", "wan"));
        demotion.change("lan", 1);
        demotion.change("wan", 1);
        demotion.change("lan", -1);
        demotion.close();
        assertEquals(List.of("run /sbin/sysctl -n net.inet.carp.demotion",
                "run /sbin/sysctl -n net.inet.carp.demotion", "run /sbin/sysctl net.inet.carp.demotion=240",
                "run /sbin/sysctl net.inet.carp.demotion=240",
                "run /sbin/sysctl net.inet.carp.demotion=-240", "run /sbin/sysctl net.inet.carp.demotion=-240"),
                calls.lines);
    }

    @Test
    void whatAKilledProcessDemotedIsTakenBack() throws KernelException {
        CarpDemotion killed = openBsd();
        killed.open(Set.of("carp"));
        killed.change("carp", 1);
        calls.requests.clear();
        openBsd().open(Set.of("carp"));
        sent(calls.only("SIOCSIFGATTR"), -1);
    }

    @Test
    void processesThatDoNotRunAnyMoreAreKnown() throws IOException {
        RunFiles files = files();
        assertEquals(Optional.empty(), files.left());
        files.set(Set.of("carp"), RouteImage.nothing());
        assertEquals(Optional.empty(), files.left(), "this one runs");
        Files.writeString(folder.resolve("kernel").resolve("999999999"), "lan\n");
        assertEquals(Optional.of(Set.of("lan")), files.left());
        files.clear();
        assertEquals(Optional.empty(), files.left());
    }
}
