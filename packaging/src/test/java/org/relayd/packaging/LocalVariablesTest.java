package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of classes, this one among them, without the tables that debuggers read. */
class LocalVariablesTest {
    private static final List<Class<?>> SAMPLES = List.of(LocalVariablesTest.class, SwitchFixture.class,
            LauncherTest.class);

    @Test
    void noNamesOfVariablesAreLeft() {
        for (Class<?> sample : SAMPLES) {
            byte[] bytes = RewrittenClasses.bytes(sample);
            assertTrue(tables(bytes) > 0, () -> sample + " has none to begin with");
            assertEquals(0, tables(LocalVariables.dropped(bytes)));
        }
    }

    @Test
    void allElseIsTheSame() {
        for (Class<?> sample : SAMPLES) {
            byte[] bytes = RewrittenClasses.bytes(sample);
            byte[] dropped = LocalVariables.dropped(bytes);
            assertEquals(told(bytes).replaceAll(", LocalVariable(?:Type)?Table|, type: [^{}]*, variable name: \\w+", "")
                    .replaceAll("\\R +local variable(?: type)?s: (?:\\R +- \\{start: .*slot: .*)*", ""), told(dropped));
            assertEquals(List.of(), ClassFile.of().verify(dropped));
        }
    }

    private static String told(byte[] bytes) {
        return ClassFile.of().parse(bytes).toDebugString();
    }

    @Test
    void aSecondTimeChangesNothing() {
        byte[] once = LocalVariables.dropped(RewrittenClasses.bytes(SwitchFixture.class));
        assertArrayEquals(once, LocalVariables.dropped(once));
    }

    @Test
    void aClassThatEndsEarlyIsRefused() {
        byte[] half = Arrays.copyOf(RewrittenClasses.bytes(SwitchFixture.class), 100);
        assertThrows(UncheckedIOException.class, () -> LocalVariables.dropped(half));
    }

    private static long tables(byte[] bytes) {
        return ClassFile.of().parse(bytes).methods().stream().map(MethodModel::code).flatMap(code -> code.stream())
                .filter(code -> code instanceof java.lang.classfile.attribute.CodeAttribute attribute
                        && attribute.findAttribute(Attributes.localVariableTable()).isPresent())
                .count();
    }
}
