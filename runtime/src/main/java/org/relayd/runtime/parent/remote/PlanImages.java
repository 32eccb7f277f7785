package org.relayd.runtime.parent.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.RouteImage;
import org.relayd.runtime.parent.message.Report;

/**
 * The numbers by which the parent process knows the images that this one has compiled: those of the plan that is
 * executed, and of the last one that is to be. Images themselves never go to the parent, which compiles its own.
 *
 * <p>
 * What is the same in both goes by the number of the plan that is executed, which the parent knows in any case. Any
 * thread.
 */
public final class PlanImages {
    private final Parent parent;
    private final List<Images> known = new ArrayList<>();
    private Optional<Integer> executed = Optional.empty();

    /** Knows no plan yet. */
    PlanImages(Parent parent) {
        this.parent = parent;
    }

    private record Images(int plan, KernelImage filter, RouteImage routes) {}

    /**
     * What the parent process is told in place of an image.
     *
     * @param plan
     *            number of a plan
     * @param empty
     *            whether none of its redirections or routers is meant
     */
    record Named(int plan, boolean empty) {}

    /** A request that names a plan. */
    interface Act<E extends Exception> {
        void run(Named image) throws E;
    }

    /**
     * Takes notice of a plan that may be executed from now on. One that was, and was neither committed nor abandoned,
     * is forgotten.
     *
     * @param plan
     *            number that the parent process gave its bundle
     */
    public synchronized void know(int plan, KernelImage filter, RouteImage routes) {
        known.removeIf(images -> !isExecuted(images));
        known.add(new Images(plan, filter, routes));
    }

    /**
     * Says that a plan is executed, and no other. Requests that are under way are answered before.
     *
     * @throws IllegalArgumentException
     *             if there is no such plan
     */
    public synchronized void commit(int plan) {
        if (known.stream().noneMatch(images -> images.plan == plan)) {
            throw new IllegalArgumentException("no plan " + plan);
        }
        executed = Optional.of(plan);
        parent.say(new Report.Committed(plan));
    }

    /** Says that a plan will not be executed; its images remain known until the next one comes. */
    public synchronized void abandon(int plan) {
        parent.say(new Report.Abandoned(plan));
    }

    /** Does something with the number of a packet filter's image. */
    synchronized <E extends Exception> void filter(KernelImage image, Act<E> act) throws E {
        act.run(named(image, Images::filter, KernelImage::empty));
    }

    /** Does something with the number of a routing table's image. */
    synchronized <E extends Exception> void routes(RouteImage image, Act<E> act) throws E {
        act.run(named(image, Images::routes, _ -> RouteImage.nothing()));
    }

    private <T> Named named(T image, Function<Images, T> part, Function<T, T> empty) {
        return order().filter(images -> part.apply(images).equals(image)).findFirst()
                .map(images -> new Named(images.plan, false))
                .or(() -> order().filter(images -> empty.apply(part.apply(images)).equals(image)).findFirst()
                        .map(images -> new Named(images.plan, true)))
                .orElseThrow(() -> new IllegalArgumentException("an image of no plan"));
    }

    private Stream<Images> order() {
        return Stream.concat(known.stream().filter(this::isExecuted), known.reversed().stream());
    }

    private boolean isExecuted(Images images) {
        return executed.equals(Optional.of(images.plan));
    }
}
