package org.relayd.main.daemon;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.runtime.platform.posix.HangUp;
import sun.misc.Signal;

/**
 * Signals of the daemon: none is lost, whenever it comes. The JDK has no supported way to catch SIGHUP, nor to exit
 * with status 0 after SIGTERM; this is the one that it tolerates. Handlers run on threads of their own.
 *
 * <p>
 * Until a program can handle them, SIGHUP and SIGUSR1 would end its process. The launcher therefore ignores both as
 * the first thing that it does, and the JVM goes on to do so. Nothing is lost by that: SIGHUP asks for the
 * configuration to be read, which happens after {@link #listen}.
 */
public final class Signals {
    private final CompletableFuture<SignalDuties> serving = new CompletableFuture<>();
    private boolean starting;

    private Signals() {}

    /** Handles signals from here on. To be called before the configuration is read. */
    public static Signals listen(OperatingSystem system) {
        Signals signals = new Signals();
        Signal.handle(new Signal("TERM"), _ -> signals.end());
        Signal.handle(new Signal("INT"), _ -> signals.end());
        HangUp.disarm(system);
        Signal.handle(new Signal("HUP"), _ -> signals.whenServing(SignalDuties::reload));
        Signal.handle(new Signal("USR1"), _ -> signals.whenServing(SignalDuties::reopen));
        return signals;
    }

    /** From here on something must be cleaned up, so that who asks for an end has to wait until all has started. */
    public synchronized void starting() {
        starting = true;
    }

    /** Serves what was asked for meanwhile, and from here on each signal as it comes. */
    public void serve(SignalDuties duties) {
        serving.complete(duties);
    }

    private synchronized void end() {
        if (!starting) {
            System.exit(0);
        }
        whenServing(SignalDuties::stop);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // if the start fails there is nothing to stop or to reload
    private void whenServing(Consumer<SignalDuties> action) {
        serving.thenAcceptAsync(action, task -> Thread.ofPlatform().daemon().name("signal").start(task));
    }
}
