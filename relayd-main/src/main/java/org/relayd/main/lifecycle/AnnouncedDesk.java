package org.relayd.main.lifecycle;

import java.util.List;
import java.util.Optional;
import org.relayd.runtime.parent.door.PlanDesk;
import org.relayd.runtime.parent.service.ServiceNotices;

/** Tells the service manager of reloads, where the parent compiles and the worker executes. */
public final class AnnouncedDesk implements PlanDesk {
    private final PlanDesk desk;
    private final ServiceNotices notices;

    /** Announces what becomes of the plans of this desk. */
    public AnnouncedDesk(PlanDesk desk, ServiceNotices notices) {
        this.desk = desk;
        this.notices = notices;
    }

    @Override
    public void first(Taker taker) {
        desk.first(taker);
    }

    @Override
    public void reload(Optional<String> file, Taker taker) {
        notices.reloading(System.nanoTime());
        desk.reload(file, new Taker() {
            @Override
            public void given(Offer offer) {
                taker.given(offer);
            }

            @Override
            public void refused(List<String> lines) {
                notices.ready();
                taker.refused(lines);
            }
        });
    }

    @Override
    public void committed(int number) {
        desk.committed(number);
        notices.ready();
    }

    @Override
    public void abandoned(int number) {
        desk.abandoned(number);
        notices.ready();
    }
}
