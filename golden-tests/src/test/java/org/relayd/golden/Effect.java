package org.relayd.golden;

import java.util.EnumSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Predicate;
import org.relayd.compiler.lower.NftLowering;
import org.relayd.compiler.lower.PfLowering;
import org.relayd.compiler.lower.RelayLowering;
import org.relayd.compiler.lower.RouteLowering;
import org.relayd.compiler.print.ConfPrinter;
import org.relayd.compiler.print.ModelPrinter;
import org.relayd.compiler.print.NftPrinter;
import org.relayd.compiler.print.PfFreebsdPrinter;
import org.relayd.compiler.print.PfLoadPrinter;
import org.relayd.compiler.print.PfPrinter;
import org.relayd.compiler.print.RoutePrinter;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.Router;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.plan.KeyPrints;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RelayDiff;
import org.relayd.ir.plan.RelayGraph;
import org.relayd.ir.plan.RoutePlan;

/** Where a component of a configuration or of a plan must show. */
enum Effect {
    /** The resolved configuration, {@code --emit model}. */
    MODEL,
    /** The canonical configuration, with what could not be said in it. */
    CONFIG,
    /** A reload does not leave all relays as they are. */
    RELOAD,
    /** The rules or routes of a kernel. */
    KERNEL;

    private static final String PLAN = RelayGraph.class.getPackageName();
    private static final Set<Class<?>> OF_RELAYS = Specimens.recordTypes(Relay.class);
    private static final Set<Class<?>> OF_REDIRECTS = Specimens.recordTypes(Redirect.class);
    private static final Set<Class<?>> OF_ROUTERS = Specimens.recordTypes(Router.class);
    private static final Set<Class<?>> OF_RELAY_PLANS = Specimens.recordTypes(RelayGraph.class);
    private static final Set<Class<?>> OF_FILTERS = Specimens.recordTypes(PfPlan.class);
    private static final Set<Class<?>> OF_ROUTES = Specimens.recordTypes(RoutePlan.class);

    /** Returns where each component of a record must show. */
    static Set<Effect> of(Class<?> owner) {
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        if (OF_FILTERS.contains(owner) && owner.getPackage().equals(PfPlan.class.getPackage())) {
            effects.add(KERNEL);
        } else if (!owner.getPackageName().equals(PLAN)) {
            effects.addAll(Set.of(MODEL, CONFIG));
            if (OF_RELAYS.contains(owner)) {
                effects.add(RELOAD);
            }
            // A relay that speaks for other machines needs their packets.
            if (OF_REDIRECTS.contains(owner) || OF_ROUTERS.contains(owner) || owner == Relay.Forward.class) {
                effects.add(KERNEL);
            }
        } else if (OF_RELAY_PLANS.contains(owner)) {
            effects.add(RELOAD);
        } else if (OF_ROUTES.contains(owner)) {
            effects.add(KERNEL);
        } else {
            effects.addAll(Set.of(RELOAD, KERNEL));
        }
        return effects;
    }

    /**
     * Returns what is to be seen of a configuration or plan; of one that cannot be, such as a mark without number, how
     * it is refused.
     */
    Object picture(Object root) {
        try {
            return switch (this) {
                case MODEL -> ModelPrinter.print((CheckedConfig) root);
                case CONFIG -> ConfPrinter.print((CheckedConfig) root);
                case RELOAD -> relays(root);
                case KERNEL -> kernel(root);
            };
        } catch (IllegalStateException | IllegalArgumentException | NoSuchElementException impossible) {
            return impossible.toString();
        }
    }

    /** Returns whether two pictures are not the same. */
    boolean differ(Object before, Object after) {
        return switch (this) {
            case MODEL, CONFIG, KERNEL -> !before.equals(after);
            case RELOAD -> {
                RelayDiff diff = RelayDiff.between((RelayGraph) before, (RelayGraph) after, true,
                        KeyPrints.none(), KeyPrints.none());
                yield !diff.gone().isEmpty() || !diff.steps().stream().allMatch(RelayDiff.Step.Kept.class::isInstance);
            }
        };
    }

    private static RelayGraph relays(Object root) {
        return root instanceof Plan plan ? plan.relays() : RelayLowering.lower((CheckedConfig) root);
    }

    private static String kernel(Object root) {
        return switch (root) {
            case CheckedConfig config -> filter(new PfLowering(0).lower(config)) + routes(RouteLowering.lower(config));
            case PfPlan filter -> filter(filter);
            case Plan plan -> routes(plan.routes());
            default -> throw new AssertionError("nothing of a kernel: " + root.getClass());
        };
    }

    private static String filter(PfPlan plan) {
        Predicate<HostId> up = _ -> true;
        return PfPrinter.print(plan, up) + PfFreebsdPrinter.print(plan, up) + PfLoadPrinter.print(plan, up)
                + NftPrinter.print(plan, NftLowering.lower(plan).plan(), up);
    }

    private static String routes(RoutePlan plan) {
        return RoutePrinter.print(plan, _ -> true);
    }
}
