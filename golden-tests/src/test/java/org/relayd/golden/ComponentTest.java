package org.relayd.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.lower.BackEnd;
import org.relayd.compiler.lower.PfLowering;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.pf.PfPlan;
import org.relayd.ir.plan.Plan;

/**
 * No component of a configuration gets lost. Each component of each record of the checked configuration and of the plan
 * is changed in the golden cases, and each kind of change must show somewhere in the model, in the canonical
 * configuration, for what relays are made of in a reload, and for what redirections and routers are made of in the
 * rules or routes of a kernel; or a list says why it does not. What is excused is tried everywhere, so that no excuse
 * outlives its reason.
 */
class ComponentTest {
    private static final Path EXCUSES = Path.of("src/test/resources/components-that-do-not-show.txt");

    /** Where a kind of change has not shown yet. */
    private static final class Hidden {
        final Set<Effect> wanted;
        final Set<Effect> excused = EnumSet.noneOf(Effect.class);

        Hidden(Set<Effect> wanted, Stream<Excuse> excuses) {
            this.wanted = wanted;
            excuses.forEach(excuse -> excused.addAll(excuse.effects()));
            excused.retainAll(wanted);
            wanted.removeAll(excused);
        }

        boolean isOver() {
            return wanted.isEmpty() && excused.isEmpty();
        }

        void look(Scene scene, Object after) {
            wanted.removeIf(effect -> scene.isChanged(effect, after));
            excused.removeIf(effect -> scene.isChanged(effect, after));
        }
    }

    /** A configuration or plan, and what is to be seen of it. */
    private record Scene(Object root, Map<Effect, Object> pictures) {
        Scene(Object root) {
            this(root, new EnumMap<>(Effect.class));
        }

        boolean isChanged(Effect effect, Object after) {
            return effect.differ(pictures.computeIfAbsent(effect, fresh -> fresh.picture(root)), effect.picture(after));
        }
    }

    private final Map<String, Hidden> changes = new TreeMap<>();

    @Test
    void everyChangeShowsOrAnExcuseSaysWhyNot() throws IOException {
        List<Excuse> excuses = Excuse.read(EXCUSES);
        List<Object> roots = roots();
        Specimens specimens = new Specimens();
        roots.forEach(specimens::add);
        Variations variations = new Variations(specimens);
        for (Object root : roots) {
            Scene scene = new Scene(root);
            Specimens.records(root).stream().filter(owner -> belongs(owner.getClass(), root)).distinct()
                    .forEach(owner -> change(scene, owner, variations, excuses));
        }
        assertEquals("", String.join("\n", faults(excuses)), "against " + EXCUSES);
    }

    private static List<Object> roots() {
        List<Object> roots = new ArrayList<>();
        for (GoldenCase each : GoldenCase.all()) {
            Compilation compilation = each.compile();
            compilation.plan(new BackEnd.None()).ifPresent(plan -> {
                CheckedConfig config = compilation.config().orElseThrow();
                roots.addAll(List.of(config, plan, new PfLowering(0).lower(config)));
            });
        }
        return roots;
    }

    // What a plan has of the configuration is looked at where it comes from; addresses and ports
    // are values like numbers.
    private static boolean belongs(Class<?> record, Object root) {
        return record.getPackage().equals(root.getClass().getPackage());
    }

    private void change(Scene scene, Record owner, Variations variations, List<Excuse> excuses) {
        for (RecordComponent component : Shape.of(owner.getClass()).components()) {
            variations.of(component.getGenericType(), Shape.get(owner, component)).forEach(variation -> {
                String change = name(component) + ' ' + variation.kind();
                Hidden hidden = changes.computeIfAbsent(change, fresh -> new Hidden(Effect.of(owner.getClass()),
                        excuses.stream().filter(excuse -> excuse.covers(change))));
                if (!hidden.isOver()) {
                    Shape.with(owner, component, variation.value())
                            .ifPresent(other -> hidden.look(scene, Specimens.replaced(scene.root(), owner, other)));
                }
            });
        }
    }

    private Set<String> faults(List<Excuse> excuses) {
        Set<String> faults = new TreeSet<>();
        changes.forEach((change, hidden) -> {
            hidden.wanted.forEach(effect -> faults.add(change + " does not show: " + effect));
            excuses.stream().filter(excuse -> excuse.covers(change) && !hidden.excused.containsAll(excuse.effects()))
                    .forEach(excuse -> faults.add(change + " shows after all: " + excuse.line()));
        });
        excuses.stream().filter(excuse -> changes.keySet().stream().noneMatch(excuse::covers))
                .forEach(excuse -> faults.add("there is no such change: " + excuse.line()));
        Stream.of(CheckedConfig.class, Plan.class, PfPlan.class).forEach(root -> Specimens.recordTypes(root).stream()
                .filter(type -> type.getPackage().equals(root.getPackage()))
                .flatMap(type -> Shape.of(type).components().stream()).map(ComponentTest::name)
                .filter(name -> changes.keySet().stream().noneMatch(change -> change.startsWith(name + ' ')))
                .forEach(
                        name -> faults.add(name + " is in no golden case, or nothing else than there could be in it")));
        return faults;
    }

    private static String name(RecordComponent component) {
        Class<?> owner = component.getDeclaringRecord();
        return owner.getName().substring(owner.getPackageName().length() + 1).replace('$', '.') + '.'
                + component.getName();
    }
}
