package org.relayd.main.daemon;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.relayd.runtime.parent.CheckRights;
import org.relayd.runtime.parent.FileRights;
import org.relayd.runtime.parent.KeyRights;
import org.relayd.runtime.parent.RelayRights;
import org.relayd.runtime.parent.Rights;
import org.relayd.runtime.platform.CarpDemotion;
import org.relayd.runtime.platform.Footprint;
import org.relayd.runtime.platform.Kernel;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.PacketFilter;
import org.relayd.runtime.platform.RouteTable;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.FailedCall;
import org.relayd.runtime.system.SystemException;

/**
 * A door through which only bytes go: each request is written and read again before others carry it out, and so is each
 * answer. Descriptors go by their numbers, as both sides are one process.
 */
final class WrittenRights implements Rights {
    private final Rights others;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    WrittenRights(Rights others) {
        this.others = others;
    }

    /** Names of the requests, in the order in which they were made. */
    List<String> requests() {
        return requests;
    }

    @Override
    public RelayRights relays() {
        return written(RelayRights.class, others.relays(), requests);
    }

    @Override
    public CheckRights checks() {
        return written(CheckRights.class, others.checks(), requests);
    }

    @Override
    public FileRights files() {
        return written(FileRights.class, others.files(), requests);
    }

    @Override
    public KeyRights keys() {
        return written(KeyRights.class, others.keys(), requests);
    }

    @Override
    public Kernel kernel() {
        return written(others.kernel(), requests);
    }

    @Override
    public long pid() {
        return others.pid();
    }

    @Override
    public void close() {
        others.close();
    }

    /** Returns a kernel behind such a door, which adds the name of each request to a list. */
    static Kernel written(Kernel others, Collection<String> requests) {
        return new Kernel(written(PacketFilter.class, others.filter(), requests),
                written(RouteTable.class, others.routes(), requests),
                written(CarpDemotion.class, others.demotion(), requests),
                written(Footprint.class, others.footprint(), requests));
    }

    static <T> T written(Class<T> part, T other, Collection<String> requests) {
        return part.cast(Proxy.newProxyInstance(part.getClassLoader(), new Class<?>[]{part}, (_, method, given) -> {
            requests.add(part.getSimpleName() + "." + method.getName());
            return call(method, other, given, Optional.empty());
        }));
    }

    /** Calls the other side with copies, and returns a copy of what it answers. */
    private static Object call(Method method, Object other, Object[] given, Optional<Type> variable) throws Throwable {
        Object[] copies = given == null ? new Object[0] : given.clone();
        for (int i = 0; i < copies.length; i++) {
            copies[i] = crossed(resolved(method.getGenericParameterTypes()[i], variable), copies[i]);
        }
        try {
            method.setAccessible(true);
            Object result = method.invoke(other, copies);
            return result == null ? null : crossed(method.getGenericReturnType(), result);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() instanceof IOException refused ? (IOException) crossed(IOException.class, refused)
                    : failed.getCause();
        }
    }

    private static Type resolved(Type type, Optional<Type> variable) {
        return type instanceof TypeVariable<?> ? variable.orElseThrow() : type;
    }

    private static Object crossed(Type type, Object value) throws IOException {
        if (value instanceof IOException refused) {
            return copied(refused);
        }
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        boolean answer = raw.isInterface() && !raw.isSealed() && !WrittenValue.isCollection(raw);
        return answer ? Proxy.newProxyInstance(raw.getClassLoader(), new Class<?>[]{raw},
                (_, method, given) -> call(method, value, given, argument(type)))
                : WrittenValue.copy(type, value);
    }

    private static Optional<Type> argument(Type type) {
        return type instanceof ParameterizedType generic ? Optional.of(generic.getActualTypeArguments()[0])
                : Optional.empty();
    }

    /** A refusal crosses as its number, or as its words if it has none; that of a kernel is for the user. */
    private static IOException copied(IOException refused) {
        if (refused instanceof KernelException) {
            return new KernelException(String.valueOf(refused.getMessage()));
        }
        return FailedCall.errno(refused).<IOException>map(
                errno -> new SystemException(Errno.linux(errno.number()))).orElseGet(
                        () -> new IOException(String.valueOf(refused.getMessage())));
    }
}
