package org.relayd.ir.pattern;

/** An element of a compiled pattern. Patterns have no alternatives, so elements form a plain list. */
sealed interface PatternNode {

    /** Exactly one byte of the class. */
    record One(ByteClass bytes) implements PatternNode {}

    /** One byte of the class or none, preferring one: {@code ?}. */
    record Optional(ByteClass bytes) implements PatternNode {}

    /** As many bytes of the class as possible: {@code *}; {@code +} is {@link One} and this. */
    record Greedy(ByteClass bytes) implements PatternNode {}

    /** As few bytes of the class as possible: {@code -}. */
    record Lazy(ByteClass bytes) implements PatternNode {}

    /** Start of a capture: {@code (}. */
    record Open(int capture) implements PatternNode {}

    /** End of a capture: {@code )}. */
    record Close(int capture) implements PatternNode {}

    /** The same bytes as a capture again: {@code %1}. */
    record Again(int capture) implements PatternNode {}

    /** From an opening byte to the closing byte that balances it: {@code %bxy}. */
    record Balance(byte opening, byte closing) implements PatternNode {}

    /** Between a byte outside the class and one inside it, the ends counting as NUL: {@code %f[set]}. */
    record Frontier(ByteClass bytes) implements PatternNode {}

    /** End of the text: a final {@code $}. */
    record End() implements PatternNode {}
}
