package org.relayd.runtime.relay.http.rule;

import java.util.Arrays;
import org.relayd.runtime.relay.http.head.FieldTable;
import org.relayd.runtime.relay.http.head.Octets;

/**
 * What a condition found in a message: lines of fields, or entries of cookies and queries, in order of arrival; for
 * each its field and the ranges of name and value inside the head. Reused; belongs to one event loop.
 */
final class Found {
    private static final int COLUMNS = 5;

    private int[] places = new int[COLUMNS];
    private int count;

    void nothing() {
        count = 0;
    }

    void field(FieldTable fields, int number) {
        add(number, fields.nameAt(number), fields.nameLength(number), fields.valueAt(number),
                fields.valueLength(number));
    }

    void pair(int ofField, Pairs pair) {
        add(ofField, pair.nameAt(), pair.nameLength(), pair.valueAt(), pair.valueLength());
    }

    private void add(int field, int nameAt, int nameLength, int valueAt, int valueLength) {
        int row = count * COLUMNS;
        if (row == places.length) {
            places = Arrays.copyOf(places, row * 2);
        }
        places[row] = field;
        places[row + 1] = nameAt;
        places[row + 2] = nameLength;
        places[row + 3] = valueAt;
        places[row + 4] = valueLength;
        count++;
    }

    boolean any() {
        return count > 0;
    }

    int count() {
        return count;
    }

    int field(int index) {
        return places[index * COLUMNS];
    }

    /** Returns whether the line of a field is among what was found. */
    boolean has(int field) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (field(middle) < field) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < count && field(low) == field;
    }

    String name(RuleRun run, int index) {
        return Octets.text(run.octets(), places[index * COLUMNS + 1], places[index * COLUMNS + 2]);
    }

    String value(RuleRun run, int index) {
        return Octets.text(run.octets(), places[index * COLUMNS + 3], places[index * COLUMNS + 4]);
    }

    /** Adds the values to what the load balancing hashes. */
    void hash(RuleRun run) {
        for (int i = 0; i < count; i++) {
            run.session().hashInput().add(run.octets(), places[i * COLUMNS + 3], places[i * COLUMNS + 4]);
        }
    }
}
