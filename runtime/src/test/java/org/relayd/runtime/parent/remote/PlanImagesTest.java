package org.relayd.runtime.parent.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.image.KernelImage;
import org.relayd.ir.image.RedirectImage;
import org.relayd.ir.image.RouteImage;
import org.relayd.ir.image.RouterImage;
import org.relayd.ir.net.IpFamily;
import org.relayd.runtime.RecordedLog;
import org.relayd.runtime.parent.link.MemoryLine;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Frame;
import org.relayd.runtime.parent.remote.PlanImages.Named;

@Timeout(30)
class PlanImagesTest {
    private final MemoryLine.Ends ends = MemoryLine.Ends.holding(100);
    private final LineParent parent = LineParent.start(ends.worker(), new RecordedLog(false), _ -> {}, () -> {});
    private final ParentEnd other = new ParentEnd(ends.parent());
    private final PlanImages images = new PlanImages(parent);

    private static KernelImage filter(String... names) {
        List<RedirectImage> redirects = new ArrayList<>();
        for (String name : names) {
            redirects.add(new RedirectImage(new RedirectId(redirects.size() + 1), name, List.of()));
        }
        return new KernelImage.Unheeded(redirects);
    }

    private static RouteImage routes(String name) {
        return new RouteImage(List.of(new RouterImage(new RouterId(1), name, false, 0, Optional.empty(), IpFamily.INET,
                List.of(), List.of())));
    }

    private void know(int plan, String name) {
        images.know(plan, filter(name), routes(name));
    }

    private Named filterOf(KernelImage image) {
        List<Named> named = new ArrayList<>();
        images.filter(image, named::add);
        return named.getFirst();
    }

    private Named routesOf(RouteImage image) {
        List<Named> named = new ArrayList<>();
        images.routes(image, named::add);
        return named.getFirst();
    }

    @Test
    void imagesGoByTheNumberOfTheirPlan() {
        know(1, "www");
        assertEquals(new Named(1, false), filterOf(filter("www")));
        assertEquals(new Named(1, false), routesOf(routes("www")));
        assertEquals(new Named(1, true), filterOf(filter()));
        assertEquals(new Named(1, true), routesOf(RouteImage.nothing()));
    }

    @Test
    void anImageOfNoPlanIsAFault() {
        assertThrows(IllegalArgumentException.class, () -> filterOf(filter()));
        know(1, "www");
        assertThrows(IllegalArgumentException.class, () -> filterOf(filter("other")));
        assertThrows(IllegalArgumentException.class, () -> routesOf(routes("other")));
        assertThrows(IllegalArgumentException.class, () -> filterOf(new KernelImage.PfOfFreeBsd(List.of())));
        assertThrows(IllegalArgumentException.class, () -> images.commit(2));
    }

    @Test
    void duringAReloadBothPlansAreKnown() {
        know(1, "www");
        images.commit(1);
        know(2, "mail");
        assertEquals(1, filterOf(filter("www")).plan());
        assertEquals(2, filterOf(filter("mail")).plan());
    }

    @Test
    void whatIsTheSameGoesByThePlanThatTheParentHasInAnyCase() {
        know(1, "www");
        images.commit(1);
        know(2, "www");
        assertEquals(1, filterOf(filter("www")).plan(), "plan 2 may be abandoned");
        images.abandon(2);
        assertEquals(1, filterOf(filter("www")).plan());
        know(3, "www");
        images.commit(3);
        assertEquals(3, filterOf(filter("www")).plan(), "plan 1 is gone there");
    }

    @Test
    void aThreadThatStillHasThePlanBeforeIsRefusedByTheParentNotByUs() {
        know(1, "www");
        images.commit(1);
        know(2, "mail");
        images.commit(2);
        assertEquals(1, filterOf(filter("www")).plan());
        know(3, "ftp");
        assertThrows(IllegalArgumentException.class, () -> filterOf(filter("www")));
        assertEquals(2, filterOf(filter("mail")).plan());
    }

    @Test
    void plansThatCameToNothingAreForgotten() {
        know(1, "www");
        images.commit(1);
        know(2, "mail");
        images.abandon(2);
        know(3, "ftp");
        assertThrows(IllegalArgumentException.class, () -> filterOf(filter("mail")));
        assertEquals(1, filterOf(filter("www")).plan());
        assertEquals(3, filterOf(filter("ftp")).plan());
    }

    @Test
    void theParentIsTold() throws IOException {
        know(1, "www");
        images.commit(1);
        know(2, "mail");
        images.abandon(2);
        other.next();
        other.next();
        assertEquals(List.of(new Report.Committed(1), new Report.Abandoned(2)), other.reports());
    }

    @Test
    void aRequestThatNamesAPlanIsAnsweredBeforeThePlanIsGone() throws Exception {
        know(1, "www");
        images.commit(1);
        other.next();
        know(2, "mail");
        RemoteFilter filter = new RemoteFilter(new KernelAsker(parent), images);
        CompletableFuture<Void> opened = CompletableFuture.runAsync(() -> {
            try {
                filter.open(filter("www"));
            } catch (IOException refused) {
                throw new AssertionError(refused);
            }
        });
        Frame.Ask asked = other.asked();
        CompletableFuture<Void> committed = CompletableFuture.runAsync(() -> images.commit(2));
        assertFalse(committed.isDone());
        other.answer(asked.number(), new Reply.Done(), OptionalInt.empty());
        assertEquals(Optional.of(new Frame.Say(new Report.Committed(2))), other.next());
        opened.get(10, TimeUnit.SECONDS);
        committed.get(10, TimeUnit.SECONDS);
    }
}
