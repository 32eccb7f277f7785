package org.relayd.main.parent;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.relayd.ir.config.Table;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.bundle.Bundle;
import org.relayd.main.desk.BundleMaker;
import org.relayd.main.desk.CompilingDesk;
import org.relayd.main.desk.TrustedFiles;
import org.relayd.main.environment.OwnFiles;
import org.relayd.main.environment.SystemEnvironment;
import org.relayd.main.lifecycle.AnnouncedDesk;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.plans.PlanCompiler;
import org.relayd.main.plans.StartException;
import org.relayd.runtime.Log;
import org.relayd.runtime.SocketKind;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.parent.door.Door;
import org.relayd.runtime.parent.door.KnownStates;
import org.relayd.runtime.parent.door.Listening;
import org.relayd.runtime.parent.door.ListeningStore;
import org.relayd.runtime.parent.door.PlanDesk;
import org.relayd.runtime.parent.keys.KeyKeeper;
import org.relayd.runtime.parent.keys.linux.UnixStream;
import org.relayd.runtime.parent.link.Line;
import org.relayd.runtime.parent.local.Kernels;
import org.relayd.runtime.parent.local.LocalRights;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.service.PassedSockets;
import org.relayd.runtime.parent.service.ServiceNotices;
import org.relayd.runtime.parent.service.Succeeding;
import org.relayd.runtime.parent.service.linux.Adoption;
import org.relayd.runtime.platform.Kernel;

/**
 * What workers can ask for: plans from the start on, rights once it is known which kernel the configuration is for. It
 * is compiled on a thread of its own meanwhile.
 */
final class Office implements Reception {
    private static final OperatingSystem SYSTEM = OperatingSystem.LINUX;

    private final Log log;
    private final Consumer<Report> reports;
    private final ServiceNotices notices;
    private final CompilingDesk plans;
    private final CompletableFuture<Door> open = new CompletableFuture<>();
    private final CompletableFuture<KernelImage> compiled = new CompletableFuture<>();
    private Optional<Door> door = Optional.empty();
    private Optional<ListeningStore> sockets = Optional.empty();
    private Optional<LeftRoutes> routes = Optional.empty();
    private final KnownStates states = new KnownStates();
    /** The plan after which memory was given back; of the thread that reads what the worker says. */
    private OptionalInt tidied = OptionalInt.empty();

    /**
     * Begins to compile the file of the command line.
     *
     * @param notices
     *            tell the service manager of what workers do
     * @param reports
     *            gets what the worker says
     */
    Office(RelaydOptions options, Log log, ServiceNotices notices, Consumer<Report> reports) {
        this.log = log;
        this.notices = notices;
        this.reports = reports;
        OwnFiles files = new OwnFiles(Bundle.LONGEST);
        plans = CompilingDesk.start(new BundleMaker(new PlanCompiler(options, SYSTEM),
                new SystemEnvironment(SYSTEM, files),
                new SystemEnvironment(SYSTEM, new TrustedFiles(), files), log));
        plans.first(new PlanDesk.Taker() {
            @Override
            public void given(PlanDesk.Offer offer) {
                compiled.complete(offer.plan().kernel().image());
            }

            @Override
            public void refused(List<String> lines) {
                compiled.completeExceptionally(new StartException(lines));
            }
        });
    }

    /**
     * Waits for the plan to begin with. Blocks.
     *
     * @throws StartException
     *             if there is none; without lines if the user has read them
     */
    void furnish() throws StartException {
        try {
            furnish(compiled.join());
        } catch (CompletionException refused) {
            throw refused.getCause() instanceof StartException why ? why
                    : new StartException(String.valueOf(refused.getCause().getMessage()));
        }
    }

    private void furnish(KernelImage image) {
        LocalRights local = new LocalRights(image, RandomGenerator.getDefault(), SocketKind.NATIVE,
                Kernels.natLookup(SYSTEM));
        Kernel kernel = local.kernel();
        LeftRoutes kept = new LeftRoutes(kernel.routes());
        routes = Optional.of(kept);
        Rights rights = new ParentRights(local,
                new Kernel(kernel.filter(), kept, kernel.demotion(), kernel.footprint()));
        ListeningStore store = new ListeningStore(rights.relays(), rights.files());
        sockets = Optional.of(store);
        door = Optional.of(new Door(new Door.Parts(rights, store, states,
                new AnnouncedDesk(plans, notices), new KeyKeeper(UnixStream::open, log, System::nanoTime),
                report -> heard(report, store), log)));
    }

    private void heard(Report report, ListeningStore store) {
        switch (report) {
            case Report.Serving() -> {
                notices.ready();
                keep(store);
                giveBack();
            }
            case Report.Committed _ -> {
                keep(store);
                giveBack();
            }
            case Report.Alive() -> notices.alive();
            case Report.Abandoned _,Report.CannotStart _,Report.HostChanged _,Report.HostSwitched _,Report.TableSwitched _,Report.RedirectSwitched _,Report.VerbositySwitched _,Report.StopAsked _ -> {
                // Nothing that a service manager wants to know.
            }
        }
        reports.accept(report);
    }

    /**
     * Gives back the memory that compiling has taken, once for each plan: too little happens here for the virtual
     * machine to do so by itself. On a thread of its own, since the worker waits for this one.
     */
    private void giveBack() {
        OptionalInt present = plans.present().stream().mapToInt(PlanDesk.Offer::number).findFirst();
        if (!present.equals(tidied)) {
            tidied = present;
            Thread.ofPlatform().daemon().name("give back").start(System::gc);
        }
    }

    /** The control socket has a name, which the next daemon takes by itself. */
    private void keep(ListeningStore store) {
        notices.keep(store.all().stream().filter(held -> !(held.what() instanceof Listening.Named))
                .map(ListeningStore.Held::descriptor).collect(Collectors.toSet()));
    }

    /** Takes over sockets that were passed to the program. Between {@link #furnish} and {@link #open}. */
    void adopt(PassedSockets passed) {
        Adoption.of(passed, sockets.orElseThrow(), log);
    }

    /** Returns the path of the control socket. After {@link #furnish}. */
    String controlSocket() {
        return plans.present().orElseThrow().controlSocket();
    }

    /** Goes on from what another daemon has handed over. Between {@link #furnish} and {@link #open}. */
    void succeed(TakeOver before) {
        adopt(new PassedSockets(before.sockets(), List.of()));
        List<Table> tables = plans.present().orElseThrow().plan().health().tables();
        Succeeding.states(before.states(), tables)
                .forEach((host, state) -> states.take(new Report.HostChanged(host, state)));
    }

    /**
     * Lets other daemons take over from now on.
     *
     * @param takenOver
     *            is called when one has
     * @throws IOException
     *             if there can be no name to ask at
     */
    TakeOverDesk openDesk(Runnable takenOver) throws IOException {
        return TakeOverDesk.open(TakeOverDesk.of(controlSocket()),
                new TakeOverDesk.Parts(sockets.orElseThrow(), this::known, () -> {
                    routes.ifPresent(LeftRoutes::leave);
                    takenOver.run();
                }, log));
    }

    private List<String> known() {
        return Succeeding.texts(plans.present().orElseThrow().plan().health().tables(), states.handover().hosts());
    }

    /** Workers are served from now on; the one that waits at once. After {@link #furnish}. */
    void open() {
        open.complete(door.orElseThrow());
    }

    @Override
    public void serve(Line<Frame.FromParent, Frame.FromWorker> line) throws IOException {
        open.join().serve(line);
    }

    @Override
    public void stopAccepting() {
        notices.stopping();
        sockets.ifPresent(ListeningStore::refuse);
    }

    @Override
    public void clean() {
        door.ifPresent(Door::cleanKernel);
        sockets.ifPresent(ListeningStore::close);
    }
}
