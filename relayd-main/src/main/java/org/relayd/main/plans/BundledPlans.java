package org.relayd.main.plans;

import java.io.IOException;
import java.util.Optional;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.recording.ReplayedEnvironment;
import org.relayd.compiler.recording.UnrecordedQuestionException;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.term.OperatingSystem;
import org.relayd.main.bundle.Bundle;
import org.relayd.main.bundle.BundleCodec;
import org.relayd.main.bundle.PlanPrint;
import org.relayd.main.options.RelaydOptions;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.parent.message.Request;
import org.relayd.runtime.parent.remote.Parent;
import org.relayd.runtime.parent.remote.PlanImages;

/**
 * Plans of a worker: the parent compiles, and what it has compiled from is compiled again here. Both must come to the
 * same, or the parent would refuse what the worker needs.
 */
public final class BundledPlans implements PlanSource {
    private static final String UNLIKE = "the two processes of relayd take the configuration for different ones,"
            + " as when the program was replaced meanwhile: restart relayd";
    private static final String UNFIT = "the parent process gives an answer that does not fit";

    private final Parent parent;
    private final PlanImages images;
    private final OperatingSystem system;
    private final Reply.Start start;
    private final Bundle first;

    private BundledPlans(Parent parent, PlanImages images, OperatingSystem system, Reply.Start start, Bundle first) {
        this.parent = parent;
        this.images = images;
        this.system = system;
        this.start = start;
        this.first = first;
    }

    /**
     * Asks the parent what to begin with, and waits for it.
     *
     * @param images
     *            is told of each plan before it is used
     * @throws StartException
     *             if there is nothing
     */
    public static BundledPlans begin(Parent parent, PlanImages images, OperatingSystem system) throws StartException {
        if (ask(parent, new Request.First()) instanceof Reply.Start start) {
            return new BundledPlans(parent, images, system, start, read(start.bundle()));
        }
        throw new StartException(UNFIT);
    }

    private static Reply ask(Parent parent, Request request) throws StartException {
        try {
            Reply reply = parent.await(request).reply();
            if (reply instanceof Reply.PlanRefused refused) {
                throw new StartException(refused.lines());
            }
            return reply;
        } catch (IOException refused) {
            throw new StartException(String.valueOf(refused.getMessage()));
        }
    }

    private static Bundle read(Reply.Bundle reply) throws StartException {
        try {
            return BundleCodec.read(reply.content().toArray());
        } catch (IOException damaged) {
            throw new StartException(String.valueOf(damaged.getMessage()));
        }
    }

    @Override
    public RelaydOptions options() {
        return first.options();
    }

    /** Returns what the worker before this one has left. */
    public Handover before() {
        return start.before();
    }

    @Override
    public LoadedPlan first() throws StartException {
        return load(start.bundle().plan(), first);
    }

    @Override
    public LoadedPlan again(Optional<String> file) throws StartException {
        if (ask(parent, new Request.Reload(file)) instanceof Reply.Bundle reply) {
            try {
                return load(reply.plan(), read(reply));
            } catch (StartException refused) {
                images.abandon(reply.plan());
                throw refused;
            }
        }
        throw new StartException(UNFIT);
    }

    private LoadedPlan load(int number, Bundle bundle) throws StartException {
        PlanCompiler compiler = new PlanCompiler(bundle.options(), system);
        Compilation compilation = compile(compiler, bundle);
        if (!compilation.isAccepted()) {
            throw new StartException(UNLIKE);
        }
        Plan plan = compiler.plan(compilation);
        if (!PlanPrint.of(plan).equals(bundle.print())) {
            throw new StartException(UNLIKE);
        }
        NotSupported.refuse(plan);
        images.know(number, plan.kernel().image(), plan.routes().image());
        return new LoadedPlan(number, plan, compilation.config().orElseThrow());
    }

    private static Compilation compile(PlanCompiler compiler, Bundle bundle) throws StartException {
        try {
            return compiler.compile(bundle.file(), new ReplayedEnvironment(bundle.answers()));
        } catch (UnrecordedQuestionException otherCompiler) {
            throw new StartException(UNLIKE);
        }
    }

    @Override
    public void committed(LoadedPlan plan) {
        images.commit(plan.number());
    }

    @Override
    public void abandoned(LoadedPlan plan) {
        images.abandon(plan.number());
    }
}
