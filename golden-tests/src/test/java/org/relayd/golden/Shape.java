package org.relayd.golden;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What records of a class are made of. Kept for each class, because looking it up again is most of the work of a test
 * that makes many records.
 *
 * @param components
 *            in the order of the constructor
 * @param constructor
 *            takes them all
 */
record Shape(List<RecordComponent> components, Constructor<?> constructor) {
    private static final Map<Class<?>, Shape> KNOWN = new HashMap<>();

    static Shape of(Class<?> type) {
        return KNOWN.computeIfAbsent(type, Shape::read);
    }

    private static Shape read(Class<?> type) {
        List<RecordComponent> components = List.of(type.getRecordComponents());
        try {
            return new Shape(components, type.getDeclaredConstructor(
                    components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new)));
        } catch (NoSuchMethodException fault) {
            throw new IllegalStateException(type + " is not open to tests", fault);
        }
    }

    static Object get(Object owner, RecordComponent component) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException fault) {
            throw new IllegalStateException(owner.getClass() + " is not open to tests", fault);
        }
    }

    /** Returns the record with another value of one component; empty if it refuses the value. */
    static Optional<Object> with(Object owner, RecordComponent changed, Object value) {
        Shape shape = of(owner.getClass());
        Object[] values = shape.components.stream()
                .map(component -> component.getName().equals(changed.getName()) ? value : get(owner, component))
                .toArray();
        try {
            return Optional.of(shape.constructor.newInstance(values));
        } catch (InvocationTargetException refused) {
            return Optional.empty();
        } catch (ReflectiveOperationException fault) {
            throw new IllegalStateException(owner.getClass() + " is not open to tests", fault);
        }
    }
}
