package org.relayd.runtime.parent.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.relayd.ir.config.HostId;
import org.relayd.ir.config.RedirectId;
import org.relayd.ir.config.RouteId;
import org.relayd.ir.config.RouterId;
import org.relayd.ir.config.TableId;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.Port;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.platform.FilterOperation;
import org.relayd.runtime.platform.TableChange;
import org.relayd.runtime.tls.OctetString;

/** Any value of a type that frames are made of: made from its declaration, so that no variant is forgotten. */
public final class ArbitraryFrames {
    private static final int SIZE = 6;

    private ArbitraryFrames() {}

    /** Returns all values of a type. */
    public static <T> Arbitrary<T> of(Class<T> type) {
        return any(type).map(type::cast);
    }

    /** Returns the records below a sealed type. */
    public static Stream<Class<?>> variants(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(ArbitraryFrames::variants)
                : Stream.of(type);
    }

    private static Arbitrary<?> any(Type type) {
        if (type instanceof ParameterizedType generic) {
            Arbitrary<?> first = any(generic.getActualTypeArguments()[0]);
            return switch (generic.getRawType().getTypeName()) {
                case "java.util.Optional" -> first.optional();
                case "java.util.List" -> first.list().ofMaxSize(SIZE);
                case "java.util.Set" -> first.set().ofMaxSize(SIZE);
                case "java.util.Map"
                        -> Arbitraries.maps(first, counted(generic.getActualTypeArguments()[1])).ofMaxSize(SIZE);
                default -> throw new AssertionError(type);
            };
        }
        Class<?> raw = (Class<?>) type;
        return raw.isEnum() ? Arbitraries.of(raw.getEnumConstants())
                : raw.isSealed() ? sealed(raw)
                        : simple(raw);
    }

    /** Numbers of a map are counts: of demotions. */
    private static Arbitrary<?> counted(Type type) {
        return type == Integer.class ? Arbitraries.integers().greaterOrEqual(1) : any(type);
    }

    private static Arbitrary<?> sealed(Class<?> type) {
        return Arbitraries.oneOf(Stream.of(type.getPermittedSubclasses()).<Arbitrary<?>>map(ArbitraryFrames::any)
                .map(Arbitrary::asGeneric).toList());
    }

    private static Arbitrary<?> simple(Class<?> type) {
        Arbitrary<Integer> natural = Arbitraries.integers().greaterOrEqual(0);
        Arbitrary<Integer> positive = Arbitraries.integers().greaterOrEqual(1);
        return switch (type.getSimpleName()) {
            case "int", "Integer" -> Arbitraries.oneOf(Arbitraries.integers(),
                    Arbitraries.of(0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case "long", "Long" -> Arbitraries.longs();
            case "boolean", "Boolean" -> Arbitraries.of(true, false);
            case "String" -> text();
            case "OptionalInt" -> Arbitraries.integers().optional()
                    .map(value -> value.map(OptionalInt::of).orElseGet(OptionalInt::empty));
            case "Duration" -> Combinators.combine(natural, Arbitraries.integers().between(0, 999_999_999))
                    .as(Duration::ofSeconds);
            case "OctetString" -> octets(40).map(OctetString::new);
            case "Port" -> Arbitraries.integers().between(0, 65535).map(Port::new);
            case "HostId" -> positive.map(HostId::new);
            case "TableId" -> positive.map(TableId::new);
            case "RedirectId" -> positive.map(RedirectId::new);
            case "RouterId" -> positive.map(RouterId::new);
            case "RouteId" -> positive.map(RouteId::new);
            case "IpAddress" -> addresses();
            case "InetSocketAddress" -> sockets();
            case "Exited" -> Arbitraries.integers().between(0, 255).map(ScriptEnd.Exited::new);
            case "Missing" -> natural.map(Reply.Missing::new);
            case "TableChange" -> Combinators.combine(positive.map(RedirectId::new), natural, natural, natural, natural)
                    .as(TableChange::new);
            case "Refused" -> Combinators.combine(positive.optional(), text(), Arbitraries.of(true, false))
                    .as(Reply.Refused::new);
            case "SetHosts" -> Combinators.combine(positive.map(RedirectId::new),
                    positive.map(HostId::new).list().ofMinSize(1).ofMaxSize(SIZE)).as(FilterOperation.SetHosts::new);
            default -> record(type);
        };
    }

    private static Arbitrary<?> record(Class<?> type) {
        RecordComponent[] parts = type.getRecordComponents();
        if (parts == null) {
            throw new AssertionError("nobody knows how to make a " + type);
        }
        List<Arbitrary<Object>> values = Stream.of(parts)
                .<Arbitrary<Object>>map(part -> any(part.getGenericType()).asGeneric()).toList();
        return Combinators.combine(values).as(made -> made(type, parts, made));
    }

    private static Object made(Class<?> type, RecordComponent[] parts, List<Object> values) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException fault) {
            throw new LinkageError("a " + type.getSimpleName(), fault);
        }
    }

    /** Any text without halves of surrogate pairs. */
    private static Arbitrary<String> text() {
        return Arbitraries.strings().all().ofMaxLength(12)
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    private static Arbitrary<byte[]> octets(int most) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(most);
    }

    private static Arbitrary<byte[]> exactly(int count) {
        return Arbitraries.bytes().array(byte[].class).ofSize(count);
    }

    private static Arbitrary<IpAddress> addresses() {
        Arbitrary<IpAddress> scoped = Combinators.combine(exactly(16), Arbitraries.of("eth0", "lo", "3", "\u00e9%"))
                .as((octets, scope) -> IpAddress.parse(IpAddress.of(octets) + "%" + scope).orElseThrow());
        return Arbitraries.oneOf(exactly(4).map(IpAddress::of), exactly(16).map(IpAddress::of), scoped);
    }

    private static Arbitrary<InetSocketAddress> sockets() {
        Arbitrary<InetAddress> six = Combinators.combine(exactly(16), Arbitraries.of(-1, 1, Integer.MAX_VALUE))
                .as((octets, scope) -> made(() -> Inet6Address.getByAddress("", octets, scope)));
        return Combinators.combine(
                Arbitraries.oneOf(exactly(4).map(octets -> made(() -> InetAddress.getByAddress(octets))), six),
                Arbitraries.integers().between(0, 65535)).as(InetSocketAddress::new);
    }

    private interface Making {
        InetAddress made() throws UnknownHostException;
    }

    private static InetAddress made(Making making) {
        try {
            return making.made();
        } catch (UnknownHostException fault) {
            throw new AssertionError(fault);
        }
    }
}
