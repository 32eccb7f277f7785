package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.Table;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.pfe.KernelPlan;
import org.relayd.runtime.pfe.PacketFilterEngine;
import org.relayd.runtime.platform.CarpDemotion;
import org.relayd.runtime.platform.Footprint;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.PacketFilter;
import org.relayd.runtime.platform.RouteTable;
import org.relayd.runtime.platform.recorder.Recording;

/** A kernel is asked in values that another process could be sent. */
class KernelRightsTest {
    private static final String CONFIGURATION = """
            table <web> { 10.0.0.11, 10.0.0.12 }
            table <sorry> { 10.0.0.13 }
            table <gw> { 10.0.1.1 priority 5, 10.0.1.2 }
            redirect www {
                    listen on 192.0.2.1 port 80
                    sticky-address
                    forward to <web> port 80 check tcp demote carp
                    forward to <sorry> port 80 check tcp
            }
            redirect dns {
                    listen on 192.0.2.1 udp port 53
                    forward to <web> port 53 mode source-hash check icmp
            }
            router wan {
                    route 203.0.113.9/24
                    route 0.0.0.0/0
                    rtable 7
                    rtlabel up
                    forward to <gw> check icmp
            }
            """;

    private static Plan plan(BackEnd backEnd) {
        return RelaydCompiler.compile("relayd.conf",
                new CompilerOptions(Optional.empty(), List.of(), ExtensionPolicy.OPT_IN),
                new FileEnvironment(
                        new FileEnvironment.Description(Map.of(), new LinkedHashMap<>(), Map.of("carp", List.of("em0")),
                                Optional.empty()),
                        _ -> CONFIGURATION.getBytes(StandardCharsets.UTF_8)))
                .plan(backEnd).orElseThrow();
    }

    static Stream<BackEnd> backEnds() {
        return Stream.of(new BackEnd.Nftables(), new BackEnd.PfOfOpenBsd(), new BackEnd.PfOfFreeBsd(),
                new BackEnd.Recorder("calls"), new BackEnd.None());
    }

    @ParameterizedTest
    @MethodSource("backEnds")
    void imagesForEveryBackEndPassADoorOfBytes(BackEnd backEnd) throws IOException {
        Plan plan = plan(backEnd);
        assertEquals(plan.kernel().image(), WrittenValue.copy(KernelImage.class, plan.kernel().image()));
        assertEquals(plan.routes().image(), WrittenValue.copy(RouteImage.class, plan.routes().image()));
    }

    @Test
    void aRecordedKernelWritesTheSameLinesBehindADoorOfBytes() throws Exception {
        List<String> without = new ArrayList<>();
        live(recorded(without));
        List<String> through = new ArrayList<>();
        Set<String> requests = new TreeSet<>();
        live(WrittenRights.written(recorded(through), requests));
        assertEquals(without, through);
        assertEquals(Stream.of(PacketFilter.class, RouteTable.class, CarpDemotion.class, Footprint.class)
                .flatMap(
                        part -> Stream.of(part.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers()))
                                .map(method -> part.getSimpleName() + "." + method.getName()))
                .collect(Collectors.toSet()), requests, "every request that there is");
        assertEquals(Set.of("filter open", "table set", "table flush", "table forget", "rules load", "rules remove",
                "filter close", "routes open", "route add", "route delete", "routes close", "demotion open",
                "demote +1",
                "demote -1", "demotion close"),
                without.stream().map(KernelRightsTest::kind).collect(Collectors.toSet()));
    }

    /** Names, addresses and options of a line are left out. */
    private static String kind(String line) {
        List<String> words = List.of(line.split(" ", -1));
        boolean named = Set.of("table", "rules", "demote").contains(words.getFirst());
        return words.getFirst() + " " + words.get(named ? 2 : 1);
    }

    private static Kernel recorded(List<String> lines) {
        Recording recording = lines::add;
        return recording.kernel();
    }

    /** All that can be asked: hosts come and go, the backup takes over, a reload, the end. */
    private static void live(Kernel kernel) throws InterruptedException {
        Plan plan = plan(new BackEnd.Recorder("calls"));
        try (LineLog log = new LineLog(_ -> {}, false)) {
            PacketFilterEngine engine = new PacketFilterEngine(KernelPlan.of(plan), Handover.nothing(), kernel, log,
                    _ -> {});
            for (HostState state : List.of(HostState.UP, HostState.DOWN, HostState.UP)) {
                for (Table table : plan.health().tables()) {
                    for (Host host : table.hosts()) {
                        engine.on(new HealthEvent.HostChecked(table, host, HostState.UNKNOWN, state,
                                CheckResult.TCP_CONNECT_OK));
                        engine.on(new HealthEvent.RoundStarted());
                        engine.settled().join();
                    }
                }
            }
            engine.reload(KernelPlan.of(plan), Map.of());
            engine.settled().join();
            engine.stop();
        }
    }
}
