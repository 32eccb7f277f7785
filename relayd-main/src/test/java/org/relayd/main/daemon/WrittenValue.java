package org.relayd.main.daemon;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.relayd.ir.net.IpAddress;
import org.relayd.runtime.parent.OpenFile;
import org.relayd.runtime.parent.OpenSocket;

/** Writes what crosses the door to rights as bytes and reads it again. What has no form in bytes is refused. */
final class WrittenValue {
    private WrittenValue() {}

    /** Returns what comes out of the bytes of a value. */
    static Object copy(Type type, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(type, value, new DataOutputStream(bytes));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        Object copy = read(type, in);
        if (in.read() >= 0) {
            throw new AssertionError("not all of " + value + " was read");
        }
        return copy;
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    private static Type argument(Type type) {
        return argument(type, 0);
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    /** Returns whether values of a type are several, which are written one after the other. */
    static boolean isCollection(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    private static void write(Type type, Object value, DataOutputStream out) throws IOException {
        switch (value) {
            case Integer number -> out.writeInt(number);
            case Long number -> out.writeLong(number);
            case Boolean truth -> out.writeBoolean(truth);
            case String text -> out.writeUTF(text);
            case byte[] octets -> {
                out.writeInt(octets.length);
                out.write(octets);
            }
            case Enum<?> constant -> out.writeUTF(constant.name());
            case Duration duration -> out.writeLong(duration.toNanos());
            case IpAddress address -> out.writeUTF(address.toString());
            case InetSocketAddress address -> {
                out.writeUTF(address.getAddress().getHostAddress());
                out.writeInt(address.getPort());
            }
            case Optional<?> optional -> {
                out.writeBoolean(optional.isPresent());
                if (optional.isPresent()) {
                    write(argument(type), optional.get(), out);
                }
            }
            case Collection<?> several -> {
                out.writeInt(several.size());
                for (Object one : several) {
                    write(argument(type), one, out);
                }
            }
            case Map<?, ?> map -> {
                out.writeInt(map.size());
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    write(argument(type), entry.getKey(), out);
                    write(argument(type, 1), entry.getValue(), out);
                }
            }
            case OptionalInt optional -> {
                out.writeBoolean(optional.isPresent());
                out.writeInt(optional.orElse(0));
            }
            case OpenSocket.Channel channel -> throw new AssertionError("cannot be passed: " + channel);
            case OpenFile.Channel channel -> throw new AssertionError("cannot be passed: " + channel);
            case Record variant -> record(raw(type), variant, out);
            default -> throw new AssertionError("has no form in bytes: " + type + " " + value);
        }
    }

    private static void record(Class<?> type, Record value, DataOutputStream out) throws IOException {
        if (type.isSealed()) {
            out.writeInt(List.of(type.getPermittedSubclasses()).indexOf(value.getClass()));
        }
        for (RecordComponent part : value.getClass().getRecordComponents()) {
            write(part.getGenericType(), reflect(() -> {
                part.getAccessor().setAccessible(true);
                return part.getAccessor().invoke(value);
            }), out);
        }
    }

    private static Object read(Type type, DataInputStream in) throws IOException {
        Class<?> raw = raw(type);
        return switch (raw.getName()) {
            case "int", "java.lang.Integer" -> in.readInt();
            case "long", "java.lang.Long" -> in.readLong();
            case "boolean", "java.lang.Boolean" -> in.readBoolean();
            case "java.lang.String" -> in.readUTF();
            case "[B" -> in.readNBytes(in.readInt());
            case "java.time.Duration" -> Duration.ofNanos(in.readLong());
            case "org.relayd.ir.net.IpAddress" -> IpAddress.parse(in.readUTF()).orElseThrow();
            case "java.net.InetSocketAddress" -> new InetSocketAddress(InetAddress.getByName(in.readUTF()),
                    in.readInt());
            case "java.util.Optional" -> in.readBoolean() ? Optional.of(read(argument(type), in)) : Optional.empty();
            case "java.util.List" -> all(argument(type), in);
            case "java.util.Set" -> new LinkedHashSet<>(all(argument(type), in));
            case "java.util.Map" -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int left = in.readInt(); left > 0; left--) {
                    map.put(read(argument(type), in), read(argument(type, 1), in));
                }
                yield map;
            }
            case "java.util.OptionalInt" -> {
                boolean present = in.readBoolean();
                int value = in.readInt();
                yield present ? OptionalInt.of(value) : OptionalInt.empty();
            }
            default -> raw.isEnum() ? constant(raw, in.readUTF())
                    : read(raw.isSealed() ? raw.getPermittedSubclasses()[in.readInt()] : raw, in);
        };
    }

    private static Object constant(Class<?> type, String name) {
        return Stream.of(type.getEnumConstants()).filter(one -> ((Enum<?>) one).name().equals(name)).findFirst()
                .orElseThrow();
    }

    private static List<Object> all(Type type, DataInputStream in) throws IOException {
        List<Object> all = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            all.add(read(type, in));
        }
        return all;
    }

    private static Object read(Class<?> type, DataInputStream in) throws IOException {
        RecordComponent[] parts = type.getRecordComponents();
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = read(parts[i].getGenericType(), in);
        }
        return reflect(() -> {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        });
    }

    /** An act of reflection. */
    interface Act {
        Object run() throws ReflectiveOperationException;
    }

    /** Runs an act that only a fault of the test can stop. */
    static Object reflect(Act act) {
        try {
            return act.run();
        } catch (ReflectiveOperationException fault) {
            throw new LinkageError(fault.getMessage(), fault);
        }
    }
}
