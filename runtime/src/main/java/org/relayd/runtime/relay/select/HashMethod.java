package org.relayd.runtime.relay.select;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.relayd.ir.config.HashKey;

/** How the hashing modes make a number of their input; each dialect has its own way. Immutable; any thread. */
sealed interface HashMethod {

    /** Returns the hash of what was gathered, as an unsigned number. */
    long hash(HashInput input);

    /** Returns whether a host that is down leads to tries with the halved hash before its neighbours are tried. */
    boolean halves();

    /**
     * SipHash-2-4 with the relay's key (current dialect).
     *
     * @param key0
     *            first half of the key
     * @param key1
     *            second half
     */
    record Keyed(long key0, long key1) implements HashMethod {

        @Override
        public long hash(HashInput input) {
            return SipHash.of(key0, key1, input.octets(), input.length());
        }

        @Override
        public boolean halves() {
            return true;
        }

        /** Returns the method for a key as written, or with a random one. */
        static Keyed of(Optional<HashKey> key) {
            return key.map(Keyed::of).orElseGet(Keyed::random);
        }

        private static Keyed random() {
            SecureRandom random = new SecureRandom();
            return new Keyed(random.nextLong(), random.nextLong());
        }

        /** Both forms of a key are four words, which the original's machines lay down with their lowest octet first. */
        private static Keyed of(HashKey key) {
            ByteBuffer words = ByteBuffer.wrap(key.bytes());
            ByteBuffer memory = ByteBuffer.allocate(words.remaining()).order(ByteOrder.LITTLE_ENDIAN);
            while (words.hasRemaining()) {
                memory.putInt(words.getInt());
            }
            memory.flip();
            return new Keyed(memory.getLong(), memory.getLong());
        }
    }

    /**
     * The multiplicative hash of dialect 5.1: each octet is added to 33 times the hash.
     *
     * @param start
     *            hash of relay and table name, used unless the input begins with values of HTTP actions
     */
    record Multiplicative(int start) implements HashMethod {
        private static final int SEED = 5381;

        static Multiplicative of(String relay, String table) {
            return new Multiplicative(add(add(SEED, relay), table));
        }

        private static int add(int hash, String text) {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            return add(hash, octets, octets.length);
        }

        private static int add(int hash, byte[] octets, int length) {
            int sum = hash;
            for (int i = 0; i < length; i++) {
                sum = sum * 33 + (octets[i] & 0xff);
            }
            return sum;
        }

        @Override
        public long hash(HashInput input) {
            return Integer.toUnsignedLong(add(start, input.octets(), input.length()));
        }

        /** Returns the method for input that begins with values of HTTP actions. */
        Multiplicative seeded() {
            return new Multiplicative(SEED);
        }

        @Override
        public boolean halves() {
            return false;
        }
    }
}
