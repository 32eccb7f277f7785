package org.relayd.packaging;

import java.util.List;
import java.util.function.Function;

/** Switches over types as javac compiles them, for {@link TypeSwitchesTest} to rewrite. */
public final class SwitchFixture {
    private SwitchFixture() {}

    /** Something to switch over. */
    public sealed interface Shape permits Circle, Square, Group {

        /** A switch in an interface. */
        default String word() {
            return switch (this) {
                case Circle _ -> "circle";
                case Square _ -> "square";
                case Group _ -> "group";
            };
        }
    }

    public record Circle(int radius) implements Shape {}

    public record Square(int side) implements Shape {}

    public record Group(List<Shape> parts, Shape first) implements Shape {}

    /** All switches; a Function, because rewritten and loaded anew it is another class. */
    public static final class Chooser implements Function<Object, String> {
        @Override
        public String apply(Object input) {
            return input instanceof Shape shape ? area(shape) + " " + shape.word()
                    : guarded(input) + " " + mixed(input);
        }

        private static long area(Shape shape) {
            return switch (shape) {
                case Circle(int radius) when radius > 100 -> -1;
                case Circle(int radius) -> 3L * radius * radius;
                case Square(int side) -> (long) side * side;
                case Group(var parts, Circle(int radius)) -> radius + parts.stream().mapToLong(Chooser::area).sum();
                case Group(var parts, Square _) -> parts.size();
                case Group(_, Group inner) -> area(inner);
            };
        }

        private static String guarded(Object input) {
            return switch (input) {
                case null -> "null";
                case Integer number when number < 0 -> "negative";
                case Integer number when number == 0 -> "zero";
                case Number _ -> "number";
                case int[] numbers -> "array of " + numbers.length;
                default -> "something";
            };
        }

        private static String mixed(Object input) {
            return switch (input) {
                case null -> "-";
                case String text when text.isEmpty() -> "empty";
                case String text -> switch (text) {
                    case "a", "b" -> "letter";
                    default -> "text";
                };
                default -> "other";
            };
        }
    }
}
