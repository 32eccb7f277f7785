package org.relayd.golden;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What stands in configurations, by its type: everything that components hold, in order of appearance. */
final class Specimens {
    private final Map<Type, Set<Object>> values = new LinkedHashMap<>();

    /** Takes in what a configuration or plan is made of. */
    void add(Object root) {
        forEach(root, root.getClass(), (type, value) -> values.computeIfAbsent(type, fresh -> new LinkedHashSet<>())
                .add(value));
    }

    /** Returns the values of a type, those of all variants if it has variants. */
    Stream<Object> of(Type type) {
        return isVariant(type)
                ? Stream.of(((Class<?>) type).getPermittedSubclasses()).flatMap(this::of)
                : type == Boolean.class ? Stream.of(true, false)
                        : type instanceof Class<?> constants && constants.isEnum()
                                ? Stream.of(constants.getEnumConstants())
                                : values.getOrDefault(type, Set.of()).stream();
    }

    /** Takes a type and a value. */
    private interface Visitor {
        void visit(Type type, Object value);
    }

    private static void forEach(Object value, Type type, Visitor visitor) {
        switch (value) {
            case Optional<?> held -> held.ifPresent(inner -> forEach(inner, argument(type), visitor));
            case List<?> list -> list.forEach(inner -> forEach(inner, argument(type), visitor));
            case Record whole -> {
                visitor.visit(whole.getClass(), whole);
                for (RecordComponent component : Shape.of(whole.getClass()).components()) {
                    forEach(Shape.get(whole, component), component.getGenericType(), visitor);
                }
            }
            default -> visitor.visit(type, value);
        }
    }

    /** Returns the records that a configuration or plan is made of, each once. */
    static Collection<Record> records(Object root) {
        IdentityHashMap<Record, Record> records = new IdentityHashMap<>();
        List<Record> inOrder = new ArrayList<>();
        forEach(root, root.getClass(), (type, value) -> {
            if (value instanceof Record whole && records.put(whole, whole) == null) {
                inOrder.add(whole);
            }
        });
        return inOrder;
    }

    /** Returns the types of records that something can be made of. */
    static Set<Class<?>> recordTypes(Class<?> root) {
        Set<Class<?>> types = new LinkedHashSet<>();
        addTypes(root, types);
        return types;
    }

    private static void addTypes(Type type, Set<Class<?>> types) {
        if (type instanceof ParameterizedType generic) {
            addTypes(generic.getActualTypeArguments()[0], types);
        } else if (isVariant(type)) {
            Stream.of(((Class<?>) type).getPermittedSubclasses()).forEach(variant -> addTypes(variant, types));
        } else if (type instanceof Class<?> whole && whole.isRecord() && types.add(whole)) {
            Shape.of(whole).components().forEach(component -> addTypes(component.getGenericType(), types));
        }
    }

    /** Returns whether a type is one of several variants. */
    static boolean isVariant(Type type) {
        return type instanceof Class<?> sealed && sealed.isSealed() && sealed.isInterface();
    }

    /** Returns whether it is the same thing wherever it stands: a table, a protocol. */
    static boolean hasIdentity(Record whole) {
        return Shape.of(whole.getClass()).components().stream()
                .anyMatch(component -> component.getName().equals("id"));
    }

    /** Returns a configuration or plan in which a record is replaced wherever it stands. */
    @SuppressWarnings("ReferenceEquality") // what is not touched stays the same object
    static Object replaced(Object value, Record old, Object fresh) {
        return switch (value) {
            case Record whole when whole == old || (hasIdentity(old) && whole.equals(old)) -> fresh;
            case Record whole -> {
                Object result = whole;
                for (RecordComponent component : Shape.of(whole.getClass()).components()) {
                    Object before = Shape.get(whole, component);
                    Object after = replaced(before, old, fresh);
                    if (after != before) {
                        result = Shape.with(result, component, after).orElseThrow();
                    }
                }
                yield result;
            }
            case Optional<?> held when held.isPresent() -> {
                Object after = replaced(held.get(), old, fresh);
                yield after == held.get() ? held : Optional.of(after);
            }
            case List<?> list -> {
                List<Object> after = new ArrayList<>();
                boolean same = true;
                for (Object each : list) {
                    after.add(replaced(each, old, fresh));
                    same &= after.getLast() == each;
                }
                yield same ? list : List.copyOf(after);
            }
            default -> value;
        };
    }

    private static Type argument(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }
}
