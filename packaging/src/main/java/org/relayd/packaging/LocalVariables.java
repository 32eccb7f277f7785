package org.relayd.packaging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Leaves out of a class what only debuggers read, the names and types of local variables (JVMS 4.7.13 and 4.7.14);
 * nothing else of its code changes, and traces have their lines as before. Archives of classes would hold them too.
 */
final class LocalVariables {
    private static final Set<String> TABLES = Set.of("LocalVariableTable", "LocalVariableTypeTable");
    private static final int HEADER = 8;
    private static final int CLASSES = 6;
    private static final int MEMBER = 6;
    private static final int EXCEPTION_HANDLER = 8;

    private final Map<Integer, String> names = new HashMap<>();
    private final DataInputStream in;
    private final DataOutputStream out;

    private LocalVariables(DataInputStream in, DataOutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Returns the class file without the tables. */
    static byte[] dropped(byte[] bytes) {
        ByteArrayOutputStream without = new ByteArrayOutputStream(bytes.length);
        try {
            new LocalVariables(new DataInputStream(new ByteArrayInputStream(bytes)), new DataOutputStream(without))
                    .copyClass();
        } catch (IOException endsEarly) {
            throw new UncheckedIOException("a class file that ends before its time", endsEarly);
        }
        return without.toByteArray();
    }

    private void copyClass() throws IOException {
        copy(HEADER);
        copyConstants();
        copy(CLASSES);
        copy(copyCount() * Short.BYTES);
        for (int fieldsThenMethods = 0; fieldsThenMethods < 2; fieldsThenMethods++) {
            for (int members = copyCount(); members > 0; members--) {
                copy(MEMBER);
                copyAttributes();
            }
        }
        in.transferTo(out);
    }

    /** Copies the constants (JVMS 4.4), and remembers those that may name an attribute. */
    private void copyConstants() throws IOException {
        int count = copyCount();
        for (int index = 1; index < count; index++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            switch (tag) {
                case 1 -> {
                    byte[] text = in.readNBytes(copyCount());
                    out.write(text);
                    names.put(index, new String(text, StandardCharsets.UTF_8));
                }
                case 7, 8, 16, 19, 20 -> copy(2);
                case 15 -> copy(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> copy(4);
                case 5, 6 -> {
                    copy(8);
                    index++; // takes two places
                }
                default -> throw new IOException("constant of kind " + tag);
            }
        }
    }

    /** Copies the attributes of a field or method, without the tables in its code. */
    private void copyAttributes() throws IOException {
        for (int attributes = copyCount(); attributes > 0; attributes--) {
            int name = in.readUnsignedShort();
            byte[] content = in.readNBytes(in.readInt());
            byte[] kept = "Code".equals(names.get(name)) ? code(content) : content;
            out.writeShort(name);
            out.writeInt(kept.length);
            out.write(kept);
        }
    }

    /** Returns the content of a Code attribute (JVMS 4.7.3) without the tables. */
    private byte[] code(byte[] content) throws IOException {
        ByteArrayOutputStream without = new ByteArrayOutputStream(content.length);
        LocalVariables code = new LocalVariables(new DataInputStream(new ByteArrayInputStream(content)),
                new DataOutputStream(without));
        code.copy(2 * Short.BYTES);
        int length = code.in.readInt();
        code.out.writeInt(length);
        code.copy(length);
        code.copy(code.copyCount() * EXCEPTION_HANDLER);
        int attributes = code.in.readUnsignedShort();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        DataOutputStream keeps = new DataOutputStream(kept);
        int count = 0;
        for (; attributes > 0; attributes--) {
            int name = code.in.readUnsignedShort();
            byte[] attribute = code.in.readNBytes(code.in.readInt());
            if (!TABLES.contains(names.get(name))) {
                keeps.writeShort(name);
                keeps.writeInt(attribute.length);
                keeps.write(attribute);
                count++;
            }
        }
        code.out.writeShort(count);
        kept.writeTo(code.out);
        return without.toByteArray();
    }

    private void copy(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException(length + " octets expected");
        }
        out.write(bytes);
    }

    private int copyCount() throws IOException {
        int count = in.readUnsignedShort();
        out.writeShort(count);
        return count;
    }
}
