package org.relayd.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.RelaydCompiler;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.environment.FileEnvironment;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.compiler.lower.PfLowering;
import org.relayd.compiler.print.NftPrinter;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.Table;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.nft.NftChange;
import org.relayd.ir.nft.NftContent;
import org.relayd.ir.nft.NftInstance;
import org.relayd.ir.nft.NftPlan;
import org.relayd.ir.nft.NftScript;
import org.relayd.ir.nft.NftSlots;
import org.relayd.ir.nft.NftState;
import org.relayd.ir.nft.NftTable;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.CheckResult;
import org.relayd.ir.term.HostState;
import org.relayd.runtime.HealthEvent;
import org.relayd.runtime.Log;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.pfe.FilterEvent;
import org.relayd.runtime.pfe.KernelPlan;
import org.relayd.runtime.pfe.PacketFilterEngine;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.linux.LinuxKernel;
import org.relayd.runtime.platform.linux.NftablesLibrary;

/**
 * How long the kernel takes to follow: from the event that a host went up or down to the end of the transaction, beside
 * the same script handed to libnftables directly; and loading a thousand redirections, beside nft(8) with the same
 * text. Run it as root in a network namespace of its own: {@code bench/kernel/kernel.py}.
 */
public final class KernelTimes {
    private static final int HOSTS = 100;
    private static final int CHANGES = 1000;
    /** Changes of a process that has just begun, which are told apart. */
    private static final int FIRST = 50;
    /**
     * Changes until the compilers of the JVM are done with all that a change runs through; before,
     * they take the cores from it.
     */
    private static final int WARM_UP = 5000;
    private static final int REDIRECTS = 1000;
    private static final int LOADS = 7;

    private KernelTimes() {}

    /** Prints the figures, one on a line. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Plan plan = compile(1, HOSTS).plan(new BackEnd.Nftables()).orElseThrow();
        changes(plan);
        work(plan);
        loads();
    }

    /** From the event to the end of the transaction, with the threads in between. */
    private static void changes(Plan plan) throws InterruptedException {
        Table table = table(plan);
        Semaphore done = new Semaphore(0);
        PacketFilterEngine engine = new PacketFilterEngine(KernelPlan.of(plan), Handover.nothing(), kernel(),
                new Quiet(),
                event -> {
                    if (event instanceof FilterEvent.TableChanged) {
                        done.release();
                    }
                });
        table.hosts().forEach(host -> engine.on(checked(table, host, HostState.UP)));
        done.acquire();
        Bare bare = new Bare(plan);
        Flapping hosts = new Flapping();
        double[] ours = new double[WARM_UP + CHANGES];
        double[] direct = new double[WARM_UP + CHANGES];
        for (int i = 0; i < ours.length; i++) {
            int which = hosts.flap();
            done.drainPermits();
            long began = System.nanoTime();
            engine.on(checked(table, table.hosts().get(which), hosts.states[which]));
            done.acquire();
            ours[i] = (System.nanoTime() - began) / 1e6;
            bare.change(hosts.up(table));
            direct[i] = bare.lastWall;
        }
        engine.stop();
        bare.close();
        compare("", Arrays.copyOfRange(ours, WARM_UP, ours.length), Arrays.copyOfRange(direct, WARM_UP, ours.length));
        compare("the first " + FIRST + ": ", Arrays.copyOf(ours, FIRST), Arrays.copyOf(direct, FIRST));
    }

    private static void compare(String which, double[] ours, double[] direct) {
        print(which + "host change, 100 hosts, event to kernel", ours);
        print(which + "the same script, libnftables alone", direct);
        System.out.printf("%sratio: median %.2f, p99 %.2f%n", which, at(ours, 0.5) / at(direct, 0.5),
                at(ours, 0.99) / at(direct, 0.99));
    }

    /** CPU time of the transaction, which hardly depends on what else the machine does. */
    private static void work(Plan plan) throws IOException {
        Kernel kernel = kernel();
        kernel.filter().open(plan.kernel().image());
        Bare bare = new Bare(plan);
        Flapping hosts = new Flapping();
        RedirectId redirect = plan.redirects().redirects().getFirst().id();
        double[] ours = new double[CHANGES];
        double[] direct = new double[CHANGES];
        for (int i = -WARM_UP; i < CHANGES; i++) {
            hosts.flap();
            List<HostId> up = hosts.up(table(plan));
            double began = cpu();
            kernel.filter().apply(
                    List.of(new FilterOperation.SetHosts(redirect, up), new FilterOperation.LoadRules(redirect)));
            double took = cpu() - began;
            bare.change(up);
            if (i >= 0) {
                ours[i] = took;
                direct[i] = bare.lastCpu;
            }
        }
        kernel.filter().close();
        bare.close();
        print("CPU: host change, 100 hosts", ours);
        print("CPU: the same script, libnftables alone", direct);
        System.out.printf("CPU ratio: median %.2f, p99 %.2f%n", at(ours, 0.5) / at(direct, 0.5),
                at(ours, 0.99) / at(direct, 0.99));
    }

    private static Table table(Plan plan) {
        return plan.redirects().redirects().getFirst().table();
    }

    /** Returns the CPU time of this thread, milliseconds; it does not depend on what else the machine does. */
    private static double cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
    }

    private static void loads() throws IOException, InterruptedException {
        Compilation compiled = compile(REDIRECTS, 2);
        Plan plan = compiled.plan(new BackEnd.Nftables()).orElseThrow();
        PfPlan filter = new PfLowering(0).lower(compiled.config().orElseThrow());
        Path script = Files.createTempFile("relayd", ".nft");
        Files.writeString(script,
                NftPrinter.print(filter, lowered(plan), host -> true));
        double[] ours = new double[LOADS];
        double[] nft = new double[LOADS];
        for (int i = -2; i < LOADS; i++) {
            double daemon = load(plan);
            double command = nft(script);
            new ProcessBuilder("nft", "flush", "ruleset").start().waitFor();
            if (i >= 0) {
                ours[i] = daemon;
                nft[i] = command;
            }
        }
        Files.delete(script);
        print("CPU: 1000 redirections x 2 hosts, open and all up", ours);
        print("CPU: nft -f of the same text", nft);
        System.out.printf("CPU ratio: median %.2f%n", at(ours, 0.5) / at(nft, 0.5));
    }

    /** Returns the CPU time of nft(8), milliseconds. */
    private static double nft(Path script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", "TIMEFORMAT='%U %S'; time nft -f \"$1\"", "bash",
                script.toString()).redirectErrorStream(true).start();
        String[] seconds = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip()
                .split(" ", -1);
        if (process.waitFor() != 0 || seconds.length != 2) {
            throw new IOException("nft refused " + script + ": " + String.join(" ", seconds));
        }
        return 1000 * (Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1]));
    }

    /** Returns the CPU milliseconds from nothing to all redirections with all their hosts. */
    private static double load(Plan plan) throws IOException {
        Kernel kernel = kernel();
        List<FilterOperation> round = new ArrayList<>();
        plan.redirects().redirects().forEach(redirect -> {
            RedirectId id = redirect.id();
            round.add(new FilterOperation.SetHosts(id,
                    redirect.table().hosts().stream().map(Host::id).toList()));
            round.add(new FilterOperation.LoadRules(id));
        });
        double began = cpu();
        kernel.filter().open(plan.kernel().image());
        kernel.filter().apply(round);
        double took = cpu() - began;
        kernel.filter().close();
        return took;
    }

    private static Kernel kernel() {
        return LinuxKernel.of(new Random(1), ProcessHandle.current().pid());
    }

    private static HealthEvent checked(Table table, Host host, HostState now) {
        return new HealthEvent.HostChecked(table, host, HostState.UNKNOWN, now, CheckResult.TCP_CONNECT_OK);
    }

    private static NftPlan lowered(Plan plan) {
        if (plan.kernel().image() instanceof KernelImage.Nftables(NftPlan lowered)) {
            return lowered;
        }
        throw new IllegalArgumentException("not for nftables: " + plan.kernel().image());
    }

    private static Compilation compile(int redirects, int hosts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < redirects; i++) {
            text.append("table <t").append(i).append("> {");
            for (int host = 0; host < hosts; host++) {
                text.append(" 10.").append(i / 250).append('.').append(i % 250).append('.').append(host + 1);
            }
            text.append(" }\nredirect r").append(i).append(" {\n\tlisten on 192.0.").append(2 + i / 250).append('.')
                    .append(1 + i % 250).append(" port 80\n\tforward to <t").append(i).append("> check tcp\n}\n");
        }
        byte[] file = text.toString().getBytes(StandardCharsets.UTF_8);
        FileEnvironment environment = new FileEnvironment(
                new FileEnvironment.Description(Map.of(), new LinkedHashMap<>(), Map.of(), Optional.empty()), path -> {
                    if (!path.equals("bench.conf")) {
                        throw new NoSuchFileException(path);
                    }
                    return file;
                });
        return RelaydCompiler.compile("bench.conf", new CompilerOptions(Optional.empty(), List.of(),
                ExtensionPolicy.OPT_IN), environment);
    }

    private static double at(double[] sample, double share) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private static void print(String what, double[] sample) {
        System.out.printf("%-52s median %7.3f ms  p99 %7.3f ms  max %7.3f ms%n", what, at(sample, 0.5),
                at(sample, 0.99),
                at(sample, 1));
    }

    /** Hosts that go up and down by chance. */
    private static final class Flapping {
        private final Random random = new Random(1);
        private final HostState[] states = new HostState[HOSTS];

        Flapping() {
            Arrays.fill(states, HostState.UP);
        }

        int flap() {
            int which = random.nextInt(HOSTS);
            states[which] = states[which] == HostState.UP ? HostState.DOWN : HostState.UP;
            return which;
        }

        List<HostId> up(Table table) {
            return table.hosts().stream().map(Host::id).filter(host -> states[host.number() - 1] == HostState.UP)
                    .toList();
        }
    }

    /** The same changes, given to the library as text without anything of the daemon, in tables of another name. */
    private static final class Bare {
        private final NftablesLibrary library = LibraryLoader.create(NftablesLibrary.class).load("libnftables.so.1");
        private final Pointer context = library.nft_ctx_new(0);
        private final NftInstance instance = new NftInstance("relayd_bare", Optional.empty());
        private final NftPlan plan;
        private NftSlots slots;
        private int changes;
        private List<NftTable> loaded;
        private double lastCpu;
        private double lastWall;

        Bare(Plan plan) {
            this.plan = lowered(plan);
            List<HostId> hosts = this.plan.redirects().getFirst().hostIds();
            slots = NftSlots.of(hosts, hosts);
            loaded = content();
            library.nft_ctx_buffer_output(context);
            library.nft_ctx_buffer_error(context);
            run(NftScript.replacing(loaded));
        }

        private List<NftTable> content() {
            return NftContent.of(plan, new NftState(Map.of(plan.redirects().getFirst().id(), slots)), instance);
        }

        void change(List<HostId> up) {
            slots = slots.opening(up).turned(changes++);
            List<NftTable> next = content();
            String script = NftChange.between(loaded, next).orElseThrow();
            long began = System.nanoTime();
            double cpu = cpu();
            run(script);
            lastCpu = cpu() - cpu;
            lastWall = (System.nanoTime() - began) / 1e6;
            loaded = next;
        }

        private void run(String script) {
            if (library.nft_run_cmd_from_buffer(context, script) != 0) {
                throw new IllegalStateException(library.nft_ctx_get_error_buffer(context));
            }
        }

        void close() {
            run("delete table inet relayd_bare\ndelete table inet relayd_bare_keep\n");
            library.nft_ctx_free(context);
        }
    }

    /** Shows what goes wrong only. */
    private static final class Quiet implements Log {
        @Override
        public void info(String line) {
            // Not of interest.
        }

        @Override
        public void warn(String line) {
            System.err.println(line);
        }

        @Override
        public void debug(Supplier<String> line) {
            // Not of interest.
        }
    }
}
