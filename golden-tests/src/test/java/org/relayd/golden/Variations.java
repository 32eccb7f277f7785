package org.relayd.golden;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.relayd.ir.net.IpAddress;

/**
 * Other values that something of a configuration could have. What must be made from nothing is taken from other cases.
 */
final class Variations {
    private final Specimens specimens;

    Variations(Specimens specimens) {
        this.specimens = specimens;
    }

    /**
     * Another value.
     *
     * @param kind
     *            what is different about it: a constant, a variant, or a word such as {@code absent}
     * @param value
     *            the value
     */
    record Variation(String kind, Object value) {}

    /** Returns other values of a type, each different from the given one. */
    Stream<Variation> of(Type type, Object value) {
        return switch (value) {
            case Boolean truth -> Stream.of(new Variation("other", !truth));
            case Integer number -> Stream.of(new Variation("other", number + 1));
            case String text -> Stream.of(new Variation("other", text + "x"));
            case Duration time -> Stream.of(new Variation("other", time.plusSeconds(1)));
            case IpAddress address -> Stream.of(new Variation("other", next(address)));
            case Enum<?> constant -> Stream.of(constant.getDeclaringClass().getEnumConstants())
                    .filter(other -> other != constant).map(other -> new Variation(other.name(), other));
            case OptionalInt number -> number.isPresent()
                    ? Stream.of(new Variation("absent", OptionalInt.empty()),
                            new Variation("other", OptionalInt.of(number.getAsInt() + 1)))
                    : Stream.of(new Variation("present", OptionalInt.of(1)));
            case OptionalLong number -> number.isPresent()
                    ? Stream.of(new Variation("absent", OptionalLong.empty()),
                            new Variation("other", OptionalLong.of(number.getAsLong() + 1)))
                    : Stream.of(new Variation("present", OptionalLong.of(1)));
            case Optional<?> held -> optional(argument(type), held);
            case List<?> list -> list(argument(type), list);
            case Record whole -> Specimens.isVariant(type) ? variants(type, whole) : records(type, whole);
            default -> throw new IllegalStateException("no other values are known of " + value.getClass());
        };
    }

    private Stream<Variation> optional(Type type, Optional<?> held) {
        return held.isEmpty()
                ? specimens.of(type).limit(3).map(value -> new Variation("present", Optional.of(value)))
                : Stream.concat(Stream.of(new Variation("absent", Optional.empty())),
                        of(type, held.get()).map(other -> new Variation("other", Optional.of(other.value()))));
    }

    private Stream<Variation> list(Type type, List<?> list) {
        Stream.Builder<Variation> others = Stream.builder();
        if (list.size() > 1) {
            others.add(new Variation("removed", list.subList(0, list.size() - 1)));
            List<Object> swapped = new ArrayList<>(list);
            swapped.set(0, list.getLast());
            swapped.set(list.size() - 1, list.getFirst());
            if (!swapped.equals(list)) {
                others.add(new Variation("reordered", List.copyOf(swapped)));
            }
        }
        return Stream.concat(others.build(), specimens.of(type).filter(value -> !list.contains(value)).limit(3)
                .map(value -> new Variation("added", Stream.concat(list.stream(), Stream.of(value)).toList())));
    }

    private Stream<Variation> variants(Type type, Record whole) {
        return Stream.of(((Class<?>) type).getPermittedSubclasses()).filter(variant -> variant != whole.getClass())
                .flatMap(variant -> specimens.of(variant).limit(3)
                        .map(other -> new Variation(variant.getSimpleName(), other)));
    }

    /** What has a number is another one of its kind; anything else differs in one component. */
    private Stream<Variation> records(Type type, Record whole) {
        return Specimens.hasIdentity(whole)
                ? specimens.of(type).filter(other -> !other.equals(whole)).limit(3)
                        .map(other -> new Variation("other", other))
                : Shape.of(whole.getClass()).components().stream()
                        .flatMap(component -> of(component.getGenericType(), Shape.get(whole, component))
                                .flatMap(other -> Shape.with(whole, component, other.value()).stream())
                                .map(other -> new Variation("other", other)));
    }

    private static Type argument(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }

    private static IpAddress next(IpAddress address) {
        byte[] bytes = address.bytes();
        bytes[bytes.length - 1]++;
        return IpAddress.of(bytes);
    }
}
