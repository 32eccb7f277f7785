package org.relayd.runtime.relay.http.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The texts of a URL lookup against a model that works on lists of labels and directories; relayd.conf(5): URL lookup.
 */
class UrlLookupPropertyTest {

    @Property(tries = 500, seed = "2026")
    void candidatesAreThoseOfTheModel(@ForAll("hosts") List<String> labels, @ForAll("paths") List<String> names,
            @ForAll("ends") String end, @ForAll("queries") String query) {
        String path = "/" + String.join("/", names) + end;
        List<String> expected = new ArrayList<>();
        for (String host : hosts(labels)) {
            if (!query.isEmpty()) {
                expected.add(host + path + "?" + query);
            }
            expected.add(host + path);
            directories(path).forEach(directory -> expected.add(host + directory));
        }
        assertEquals(expected, UrlLookup.candidates(String.join(".", labels), path, query));
    }

    /** All of the host, then its last five, four, three and two labels, as far as it has more. */
    private static List<String> hosts(List<String> labels) {
        List<String> hosts = new ArrayList<>(List.of(String.join(".", labels)));
        for (int count = 5; count >= 2; count--) {
            if (count < labels.size()) {
                hosts.add(String.join(".", labels.subList(labels.size() - count, labels.size())));
            }
        }
        return hosts;
    }

    /** Beginnings of the path that end in a slash, shortest first, four at most, the whole path not among them. */
    private static List<String> directories(String path) {
        List<String> all = new ArrayList<>();
        StringBuilder beginning = new StringBuilder();
        for (String part : Arrays.asList(path.split("(?<=/)"))) {
            beginning.append(part);
            if (part.endsWith("/") && beginning.length() < path.length() && all.size() < 4) {
                all.add(beginning.toString());
            }
        }
        return all;
    }

    @Provide
    Arbitrary<List<String>> hosts() {
        return Arbitraries.of("www", "example", "com", "a", "b-c").list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<String>> paths() {
        return Arbitraries.of("1", "22", "a.html").list().ofMaxSize(7);
    }

    @Provide
    Arbitrary<String> ends() {
        return Arbitraries.of("", "/");
    }

    @Provide
    Arbitrary<String> queries() {
        return Arbitraries.of("", "q=y", "a/b?c");
    }
}
