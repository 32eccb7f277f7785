package org.relayd.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Loads classes anew, rewritten, beside the ones that the test itself sees. */
final class RewrittenClasses extends ClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();

    RewrittenClasses(List<Class<?>> originals, UnaryOperator<byte[]> rewritten) {
        super(RewrittenClasses.class.getClassLoader());
        for (Class<?> original : originals) {
            classes.put(original.getName(), rewritten.apply(bytes(original)));
        }
    }

    /** The twin of a class. */
    Class<?> twin(Class<?> original) throws ClassNotFoundException {
        return loadClass(original.getName());
    }

    /** Number of calls by way of a bootstrap method of this name that the rewriting has left. */
    long bootstrapCalls(Class<?> original, String bootstrap) {
        return bootstrapCalls(classes.get(original.getName()), bootstrap);
    }

    /** Number of calls by way of a bootstrap method of this name. */
    static long bootstrapCalls(byte[] bytes, String bootstrap) {
        return ClassFile.of().parse(bytes).methods().stream().flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream()).filter(InvokeDynamicInstruction.class::isInstance)
                .map(InvokeDynamicInstruction.class::cast)
                .filter(call -> call.bootstrapMethod().methodName().equals(bootstrap)).count();
    }

    /** The class file as it was compiled. */
    static byte[] bytes(Class<?> type) {
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
    }
}
