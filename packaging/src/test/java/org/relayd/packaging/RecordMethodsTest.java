package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.classfile.ClassHierarchyResolver;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records compare and hash by their components after the rewriting, as {@link Record} says. */
class RecordMethodsTest {

    /** A component of every kind. */
    public record All(int i, long l, short s, byte b, char c, boolean z, float f, double d, String text,
            List<String> list) {}

    /** No component. */
    public record None() {}

    /** Its own equals and hashCode. */
    public record Own(String text) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Own own && own.text.equalsIgnoreCase(text);
        }

        @Override
        public int hashCode() {
            return 7;
        }
    }

    private static final List<String> LIST = List.of("x");
    private static final Object[] VALUES = {1, 2L, (short) 3, (byte) 4, 'c', true, 1.5f, 2.5d, "text", LIST};
    /** For each component a value that differs. */
    private static final Object[] OTHERS = {9, 9L, (short) 9, (byte) 9, 'x', false, Float.NaN, -0.0d, "other",
            List.of()};

    private RewrittenClasses classes;

    @BeforeEach
    void rewrite() {
        RecordMethods records = new RecordMethods(
                ClassHierarchyResolver.ofResourceParsing(getClass().getClassLoader()));
        classes = new RewrittenClasses(List.of(All.class, None.class, Own.class), records::replaced);
    }

    @Test
    void equalComponentsMakeEqualRecords() throws Exception {
        assertEquals(all(VALUES), all(VALUES));
        assertEquals(all(VALUES).hashCode(), all(VALUES).hashCode());
        assertEquals(all(OTHERS), all(OTHERS), "NaN equals NaN");
        assertEquals(none(), none());
        assertEquals(0, none().hashCode());
    }

    @Test
    void eachComponentCounts() throws Exception {
        for (int index = 0; index < VALUES.length; index++) {
            Object[] changed = VALUES.clone();
            changed[index] = OTHERS[index];
            assertNotEquals(all(VALUES), all(changed), "component " + index);
            assertNotEquals(all(VALUES).hashCode(), all(changed).hashCode(), "component " + index);
        }
    }

    @Test
    void zerosOfDifferentSignDiffer() throws Exception {
        Object[] positive = VALUES.clone();
        positive[7] = 0.0d;
        Object[] negative = VALUES.clone();
        negative[7] = -0.0d;
        assertNotEquals(all(positive), all(negative));
    }

    @Test
    void nullIsAValueAndOtherTypesDiffer() throws Exception {
        Object[] without = VALUES.clone();
        without[8] = null;
        assertEquals(all(without), all(without));
        assertNotEquals(all(without), all(VALUES));
        assertNotEquals(all(VALUES), "text");
        assertNotEquals(all(VALUES), null);
        assertNotEquals(all(VALUES), new All(1, 2L, (short) 3, (byte) 4, 'c', true, 1.5f, 2.5d, "text", LIST),
                "a class of another loader");
    }

    @Test
    void theHashIsThatOfTheOriginal() throws Exception {
        assertEquals(new All(1, 2L, (short) 3, (byte) 4, 'c', true, 1.5f, 2.5d, "text", LIST).hashCode(),
                all(VALUES).hashCode());
    }

    @Test
    void methodsWrittenByHandStay() throws Exception {
        assertSame(7, classes.twin(Own.class).getConstructor(String.class).newInstance("a").hashCode());
        assertEquals(classes.twin(Own.class).getConstructor(String.class).newInstance("a"),
                classes.twin(Own.class).getConstructor(String.class).newInstance("A"));
    }

    @Test
    void onlyToStringIsLeftToTheBootstrap() {
        assertEquals(3, RewrittenClasses.bootstrapCalls(RewrittenClasses.bytes(All.class), "bootstrap"));
        assertEquals(1, classes.bootstrapCalls(All.class, "bootstrap"));
    }

    private Object all(Object[] values) throws ReflectiveOperationException {
        return classes.twin(All.class).getConstructors()[0].newInstance(values);
    }

    private Object none() {
        try {
            return classes.twin(None.class).getConstructors()[0].newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the twin of None", e);
        }
    }
}
