package org.relayd.main.lifecycle;

import java.util.Optional;
import org.relayd.main.options.RelaydOptions;
import org.relayd.main.plans.LoadedPlan;
import org.relayd.main.plans.PlanSource;
import org.relayd.main.plans.StartException;
import org.relayd.runtime.parent.service.ServiceNotices;

/** Tells the service manager of reloads, where one process does everything. */
public final class AnnouncedPlans implements PlanSource {
    private final PlanSource plans;
    private final ServiceNotices notices;

    /** Announces what becomes of these plans. */
    public AnnouncedPlans(PlanSource plans, ServiceNotices notices) {
        this.plans = plans;
        this.notices = notices;
    }

    @Override
    public RelaydOptions options() {
        return plans.options();
    }

    @Override
    public LoadedPlan first() throws StartException {
        return plans.first();
    }

    @Override
    public LoadedPlan again(Optional<String> file) throws StartException {
        notices.reloading(System.nanoTime());
        try {
            return plans.again(file);
        } catch (StartException refused) {
            notices.ready();
            throw refused;
        }
    }

    @Override
    public void committed(LoadedPlan plan) {
        plans.committed(plan);
        notices.ready();
    }

    @Override
    public void abandoned(LoadedPlan plan) {
        plans.abandoned(plan);
        notices.ready();
    }
}
