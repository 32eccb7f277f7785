package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.Table;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.log.LineLog;
import org.relayd.runtime.parent.message.Handover;
import java.util.Random;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.local.LocalRights;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.platform.NatLookup;
import org.relayd.runtime.pfe.KernelPlan;
import org.relayd.runtime.pfe.PacketFilterEngine;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.PacketFilter;
import org.relayd.runtime.platform.TableChange;
import org.relayd.runtime.platform.recorder.Recording;

/** A kernel is asked in values that another process could be sent. */
@EnabledOnOs(OS.LINUX)
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
    void imagesForEveryBackEndHaveANumberBehindTheDoor(BackEnd backEnd) throws Exception {
        Plan plan = plan(backEnd);
        List<Object> opened = new ArrayList<>();
        Kernel recorded = recorded(new ArrayList<>());
        Kernel noting = new Kernel(new Opened(opened), recorded.routes(), recorded.demotion(), recorded.footprint());
        try (OfferedPlan offered = new OfferedPlan(plan, new Behind(noting))) {
            offered.rights().kernel().filter().open(plan.kernel().image());
            offered.rights().kernel().filter().open(plan.kernel().image().empty());
        }
        assertEquals(List.of(plan.kernel().image(), plan.kernel().image().empty()), opened);
    }

    /** Takes any image. */
    private record Opened(List<Object> images) implements PacketFilter {
        @Override
        public void open(KernelImage image) {
            images.add(image);
        }

        @Override
        public List<TableChange> apply(List<FilterOperation> round) {
            return List.of();
        }

        @Override
        public Map<RedirectId, Long> connections() {
            return Map.of();
        }

        @Override
        public void rebalance() {
            // There is nothing in it.
        }

        @Override
        public void close() {
            // There is nothing in it.
        }
    }

    @Test
    void aRecordedKernelWritesTheSameLinesBehindTheDoor() throws Exception {
        Plan plan = plan(new BackEnd.Recorder("calls"));
        List<String> without = new ArrayList<>();
        live(recorded(without));
        List<String> through = new ArrayList<>();
        try (OfferedPlan offered = new OfferedPlan(plan, new Behind(recorded(through)))) {
            live(offered.rights().kernel());
            Set<String> requests = new TreeSet<>(offered.requests());
            requests.remove("First");
            assertEquals(variants(Request.OfKernel.class).map(Class::getSimpleName)
                    .collect(Collectors.toCollection(TreeSet::new)), requests, "every request that there is");
            assertEquals(List.of(), offered.log());
        }
        assertEquals(without, through);
        assertEquals(Set.of("filter open", "table set", "table flush", "table forget", "rules load", "rules remove",
                "filter close", "routes open", "route add", "route delete", "routes close", "demotion open",
                "demote +1",
                "demote -1", "demotion close"),
                without.stream().map(KernelRightsTest::kind).collect(Collectors.toSet()));
    }

    private static Stream<Class<?>> variants(Class<?> part) {
        return part.isSealed() ? Stream.of(part.getPermittedSubclasses()).flatMap(KernelRightsTest::variants)
                : Stream.of(part);
    }

    /** Rights over a kernel of the test. */
    private static final class Behind implements Rights {
        private final Kernel kernel;
        private final Rights others = new LocalRights(new KernelImage.Unheeded(List.of()), new Random(1),
                SocketKind.NATIVE, NatLookup.none());

        Behind(Kernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public RelayRights relays() {
            return others.relays();
        }

        @Override
        public CheckRights checks() {
            return others.checks();
        }

        @Override
        public FileRights files() {
            return others.files();
        }

        @Override
        public KeyRights keys() {
            return others.keys();
        }

        @Override
        public Kernel kernel() {
            return kernel;
        }

        @Override
        public long pid() {
            return others.pid();
        }

        @Override
        public void close() {
            others.close();
        }
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
