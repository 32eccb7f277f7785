package org.relayd.runtime.relay.http.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relayd.runtime.relay.http.head.FieldName;
import org.relayd.runtime.relay.http.head.FieldTable;

/**
 * Names of header fields with the rules that ask for them. The fields of a message, of which there are few,
 * are looked up here, not the names in the message: what a thousand names cost hardly differs from what one
 * costs. Immutable; any thread.
 */
final class HeaderNames {
    /** Keys of the names, in order; after each, at the same place, the names that share it. */
    private final long[] keys;
    private final Named[][] names;

    private HeaderNames(long[] keys, Named[][] names) {
        this.keys = keys;
        this.names = names;
    }

    /** The rules that ask for one name. */
    private static final class Named {
        private final FieldName name;
        private final OctetTable values = new OctetTable();
        private int[] present = {};

        Named(FieldName name) {
            this.name = name;
        }

        void select(byte[] octets, FieldTable fields, int field, long[] bits) {
            for (int rule : present) {
                bits[rule / Long.SIZE] |= 1L << rule;
            }
            if (!values.isEmpty()) {
                values.select(octets, fields.valueAt(field), fields.valueLength(field), bits);
            }
        }
    }

    /** Collects names and rules. */
    static final class Builder {
        private final Map<Long, List<Named>> names = new TreeMap<>();

        private Named of(String text) {
            FieldName name = FieldName.of(text);
            List<Named> alike = names.computeIfAbsent(name.key(), _ -> new ArrayList<>());
            for (Named named : alike) {
                if (named.name.equals(name)) {
                    return named;
                }
            }
            Named added = new Named(name);
            alike.add(added);
            return added;
        }

        /** Adds a rule that asks for an exact value of a field. */
        void add(String name, String value, int rule) {
            of(name).values.add(value, rule);
        }

        /** Adds a rule that can only apply if there is such a field. */
        void add(String name, int rule) {
            Named named = of(name);
            named.present = Arrays.copyOf(named.present, named.present.length + 1);
            named.present[named.present.length - 1] = rule;
        }

        HeaderNames build() {
            long[] keys = names.keySet().stream().mapToLong(Long::longValue).toArray();
            return new HeaderNames(keys, names.values().stream().map(alike -> alike.toArray(Named[]::new))
                    .toArray(Named[][]::new));
        }
    }

    /** Sets the bits of the rules that the fields of a message may fit. */
    void select(byte[] octets, FieldTable fields, long[] bits) {
        if (keys.length == 0) {
            return;
        }
        for (int field = 0; field < fields.size(); field++) {
            int place = fields.isRemoved(field) ? -1 : Arrays.binarySearch(keys, fields.key(field));
            if (place >= 0) {
                select(octets, fields, field, names[place], bits);
            }
        }
    }

    private static void select(byte[] octets, FieldTable fields, int field, Named[] alike, long[] bits) {
        for (Named named : alike) {
            if (fields.isNamed(field, octets, named.name)) {
                named.select(octets, fields, field, bits);
            }
        }
    }
}
