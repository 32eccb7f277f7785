package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassHierarchyResolver;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayd.packaging.SwitchFixture.Chooser;
import org.relayd.packaging.SwitchFixture.Circle;
import org.relayd.packaging.SwitchFixture.Group;
import org.relayd.packaging.SwitchFixture.Shape;
import org.relayd.packaging.SwitchFixture.Square;

/** Switches of every kind give the same after their rewriting. */
class TypeSwitchesTest {

    private static final List<Object> INPUTS = List.of(-1, 0, 7, 2.5, new int[3], "", "a", "long", 'c');

    private Function<Object, String> rewritten;
    private RewrittenClasses classes;

    @BeforeEach
    void rewrite() throws Exception {
        TypeSwitches switches = new TypeSwitches(
                ClassHierarchyResolver.ofResourceParsing(getClass().getClassLoader()));
        classes = new RewrittenClasses(List.of(Shape.class, Circle.class, Square.class, Group.class, Chooser.class),
                switches::replaced);
        rewritten = instance(classes.twin(Chooser.class).getConstructor().newInstance());
    }

    @Test
    void everyInputFindsItsCase() {
        Chooser original = new Chooser();
        for (Object input : INPUTS) {
            assertEquals(original.apply(input), rewritten.apply(input), input::toString);
        }
        assertEquals(original.apply(null), rewritten.apply(null));
    }

    @Test
    void noCallOfTheBootstrapIsLeft() {
        assertTrue(RewrittenClasses.bootstrapCalls(RewrittenClasses.bytes(Chooser.class), "typeSwitch") > 3,
                "the test's own switches");
        assertEquals(0, classes.bootstrapCalls(Chooser.class, "typeSwitch"));
        assertEquals(0, classes.bootstrapCalls(Shape.class, "typeSwitch"));
    }

    @Test
    void sealedTypesAndNestedPatternsFindTheirCase() throws Exception {
        Object circle = shape(Circle.class, 5);
        Object large = shape(Circle.class, 101);
        Object square = shape(Square.class, 4);
        assertEquals("75 circle", rewritten.apply(circle));
        assertEquals("-1 circle", rewritten.apply(large));
        assertEquals("16 square", rewritten.apply(square));
        Object inner = group(List.of(circle, square), Optional.of(circle));
        assertEquals("96 group", rewritten.apply(inner));
        assertEquals("2 group", rewritten.apply(group(List.of(circle, square), Optional.of(square))));
        assertEquals("96 group", rewritten.apply(group(List.of(), Optional.of(inner))));
    }

    @Test
    void aSwitchWithoutNullCaseStillRefusesNull() throws Exception {
        Object lost = group(List.of(), Optional.empty());
        assertThrows(MatchException.class, () -> rewritten.apply(lost));
    }

    @Test
    void aClassWithoutSwitchesStaysAsItIs() {
        byte[] bytes = RewrittenClasses.bytes(Circle.class);
        assertSame(bytes, new TypeSwitches(ClassHierarchyResolver.defaultResolver()).replaced(bytes));
        assertFalse(bytes.length == 0);
    }

    @SuppressWarnings("unchecked")
    private static Function<Object, String> instance(Object made) {
        return (Function<Object, String>) made;
    }

    private Object shape(Class<?> type, Object size) throws ReflectiveOperationException {
        return classes.twin(type).getConstructor(int.class).newInstance(size);
    }

    private Object group(List<Object> parts, Optional<Object> first) throws ReflectiveOperationException {
        return classes.twin(Group.class)
                .getConstructor(List.class, classes.twin(Shape.class))
                .newInstance(parts, first.orElse(null));
    }
}
