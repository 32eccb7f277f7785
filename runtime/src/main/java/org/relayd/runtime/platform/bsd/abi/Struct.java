package org.relayd.runtime.platform.bsd.abi;

import java.util.Map;

/**
 * A struct of C as the kernel lays it out.
 *
 * @param name
 *            its name in the kernel's headers
 * @param size
 *            bytes, padding included
 * @param fields
 *            those that are used here, by name; a member of a member has a name with a dot
 */
record Struct(String name, int size, Map<String, Field> fields) {

    /** Copies the map. */
    Struct {
        fields = Map.copyOf(fields);
    }

    /**
     * Where a field is.
     *
     * @param offset
     *            bytes from the start of the struct
     * @param size
     *            bytes
     */
    record Field(int offset, int size) {}

    Field field(String field) {
        Field found = fields.get(field);
        if (found == null) {
            throw new IllegalArgumentException("struct " + name + " has no field " + field);
        }
        return found;
    }
}
