package org.relayd.runtime.relay.http.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LogTextTest {

    @Test
    void utf8IsReadOnceAndWhatIsNoneIsEscaped() {
        assertEquals("é中😀 \\xE9\\xC3", LogText.of("é中😀 ".getBytes(StandardCharsets.UTF_8), "]")
                + LogText.of(new byte[]{(byte) 0xe9, (byte) 0xc3}, "]"));
        assertEquals("\\xC0\\xAF", LogText.of("\u00c0\u00af"));
        assertEquals("é", LogText.ofWritten("é"));
    }

    @Test
    void controlsInEitherFormAreEscaped() {
        assertEquals("\\x1B\\x9B\\xC2\\x9B\\x7F", LogText.of("\u001b\u009b\u00c2\u009b\u007f"));
    }

    @Property(seed = "2026")
    void anyOctetsCanBeReadBackAndNoneEndsTheEntry(@ForAll byte[] octets) {
        String text = LogText.of(octets, "]}");
        assertFalse(text.codePoints().anyMatch(c -> Character.isISOControl(c) || c == ']' || c == '}'), text);
        assertArrayEquals(octets, octetsOf(text));
    }

    @Property(seed = "2026")
    void validTextStaysReadable(@ForAll String characters) {
        byte[] octets = characters.getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(octets, octetsOf(LogText.of(octets, "")));
    }

    private static byte[] octetsOf(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (character == '\\') {
                octets.write(HexFormat.fromHexDigits(text, at + 2, at + 4));
                at += 4;
            } else {
                octets.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(character);
            }
        }
        return octets.toByteArray();
    }
}
