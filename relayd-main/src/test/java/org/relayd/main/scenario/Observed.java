package org.relayd.main.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What became of a row of the smuggling table.
 *
 * @param client
 *            every octet that the client saw
 * @param streams
 *            every octet that each connection to the target brought
 * @param line
 *            the line of the session
 */
record Observed(String client, List<String> streams, String line) {
    static final String PROBE = "GET /probe";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01x] (\\d{3}) ");
    private static final Pattern LOGGED = Pattern.compile("\\[([^\\]]*)\\]");
    /** An absolute target, or an empty one, that has no path. */
    private static final Pattern PATHLESS = Pattern.compile("^((?:[a-zA-Z][-+.\\w]*://[^/?]*)?)(\\?.*|)$");

    /**
     * The status codes, equal ones in a row counted, and {@code open} if the last one is the answer to the
     * probe, else {@code closed}.
     */
    String seen() {
        List<String> words = new ArrayList<>();
        String last = "";
        int count = 0;
        List<String> codes = new ArrayList<>(
                STATUS.matcher(client).results().map(found -> found.group(1)).toList());
        boolean open = client.endsWith("\r\n\r\n" + PROBE);
        if (open) {
            codes.removeLast();
        }
        for (String code : codes) {
            count = code.equals(last) ? count + 1 : 1;
            if (count > 1) {
                words.removeLast();
            }
            words.add(count > 1 ? code + "*" + count : code);
            last = code;
        }
        return (words.isEmpty() ? "nothing" : String.join(" ", words)) + (open ? " open" : " closed");
    }

    /** The requests that the target reads, without the probe; {@code nothing} if it got no octet. */
    String read() {
        if (streams.stream().allMatch(String::isEmpty)) {
            return "nothing";
        }
        return String.join(", ", requests().stream().filter(request -> !request.equals(PROBE)).toList());
    }

    /** The requests that a strict parser finds in what the target got. */
    List<String> requests() {
        return streams.stream().flatMap(stream -> RequestReader.requests(stream).stream()).toList();
    }

    /** The same for a careless parser. */
    List<String> carelessly(CarelessReader.Preference preference) {
        return streams.stream().flatMap(stream -> CarelessReader.requests(stream, preference).stream()).toList();
    }

    /** Targets of the requests that the target reads, as the log words them. */
    List<String> paths() {
        return requests().stream().map(request -> request.substring(request.indexOf(' ') + 1))
                .map(target -> PATHLESS.matcher(target).replaceFirst("$1/$2"))
                .map(target -> target.replaceFirst("\\?", ": ").replace("\\", "\\x5C").replace("]", "\\x5D"))
                .toList();
    }

    /** Paths and queries that the line of the session shows. */
    List<String> logged() {
        return LOGGED.matcher(line).results().map(found -> found.group(1)).toList();
    }

    /** Why the session ended, as its line says. */
    String end() {
        return line.replaceFirst("^\\w+ relay \\w+, session \\d+ \\(\\d+ active\\), \\S+, \\S+ -> \\S*, ", "");
    }
}
