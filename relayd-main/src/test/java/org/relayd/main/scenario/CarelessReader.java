package org.relayd.main.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parser of requests as lenient as the worst targets are: lines end in LF, names are what is left of them without
 * blanks, controls and with underscores for hyphens, numbers are what a line begins with, and anything that contains
 * "chunked" is chunked. What relayd passes on must read the same here as with a strict parser.
 */
final class CarelessReader {
    private static final Pattern DECIMAL = Pattern.compile("\\D*(\\d{1,18}).*");
    private static final Pattern HEXADECIMAL = Pattern.compile("\\s*(?:0x)?([0-9a-fA-F]{1,15}).*");

    /** Which of two conflicting fields wins. */
    enum Preference {
        LENGTH, CODING
    }

    private final Preference preference;
    private final String stream;
    private int at;
    private Optional<String> length = Optional.empty();
    private boolean chunked;

    private CarelessReader(String stream, Preference preference) {
        this.stream = stream;
        this.preference = preference;
    }

    /** The requests of a stream, each as its method and target. */
    static List<String> requests(String stream, Preference preference) {
        CarelessReader reader = new CarelessReader(stream, preference);
        List<String> requests = new ArrayList<>();
        for (Optional<String> next = reader.request(); next.isPresent(); next = reader.request()) {
            requests.add(next.get());
        }
        return requests;
    }

    private Optional<String> request() {
        Optional<String> line = line();
        while (line.filter(String::isBlank).isPresent()) {
            line = line();
        }
        length = Optional.empty();
        chunked = false;
        Optional<String> field = line.isEmpty() ? line : line();
        while (field.filter(text -> !text.isEmpty()).isPresent()) {
            note(field.get());
            field = line();
        }
        if (field.isEmpty()) {
            return Optional.empty();
        }
        body();
        return line.map(text -> text.trim().replaceAll("\\s+HTTP/\\S*$", "").replaceAll("\\s+", " "));
    }

    private void note(String line) {
        String[] parts = (line + ":").split(":", 2);
        String name = parts[0].toLowerCase(Locale.ROOT).replace('_', '-').replaceAll("[^a-z-]", "");
        if (name.equals("transfer-encoding")) {
            chunked |= parts[1].toLowerCase(Locale.ROOT).contains("chunked");
        } else if (name.equals("content-length")) {
            length = Optional.of(parts[1]);
        }
    }

    private void body() {
        boolean byLength = length.isPresent() && (preference == Preference.LENGTH || !chunked);
        if (byLength) {
            at = (int) Math.min(stream.length(), at + number(DECIMAL, length.get(), 10));
        } else if (chunked) {
            long size = chunk();
            while (size > 0) {
                at = (int) Math.min(stream.length(), at + size);
                line();
                size = chunk();
            }
            Optional<String> trailer = line();
            while (trailer.filter(text -> !text.isEmpty()).isPresent()) {
                trailer = line();
            }
        }
    }

    private long chunk() {
        return line().map(text -> number(HEXADECIMAL, text, 16)).orElse(0L);
    }

    private static long number(Pattern form, String text, int radix) {
        Matcher found = form.matcher(text);
        return found.matches() ? Long.parseLong(found.group(1), radix) : 0;
    }

    private Optional<String> line() {
        int end = stream.indexOf('\n', at);
        if (end < 0) {
            at = stream.length();
            return Optional.empty();
        }
        String line = stream.substring(at, end);
        at = end + 1;
        return Optional.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
}
