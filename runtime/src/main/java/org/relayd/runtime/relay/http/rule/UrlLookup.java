package org.relayd.runtime.relay.http.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * The texts under which a URL is looked up (relayd.conf(5): url): for the host and its suffixes, the whole URL with and
 * without query, and the leading directories of its path.
 *
 * <p>
 * The idea is that of the Safe Browsing lookup of 2007: a rule for {@code example.com/} covers everything below, and at
 * most 30 texts are compared for one request.
 */
public final class UrlLookup {
    /** Host forms in all; the shortest has two labels. */
    private static final int MOST_HOSTS = 5;
    /** Leading directories of the path. */
    private static final int MOST_DIRECTORIES = 4;

    private UrlLookup() {}

    /**
     * Returns the texts in the order in which they are compared.
     *
     * @param host
     *            canonical, see {@link CanonicalHost}
     * @param path
     *            path without query
     * @param query
     *            query without question mark; empty for none
     */
    public static List<String> candidates(String host, String path, String query) {
        List<String> texts = new ArrayList<>();
        for (String form : hosts(host)) {
            if (!query.isEmpty()) {
                texts.add(form + path + "?" + query);
            }
            texts.add(form + path);
            directories(form, path, texts);
        }
        return texts;
    }

    private static void directories(String form, String path, List<String> texts) {
        int found = 0;
        for (int slash = path.indexOf('/'); slash >= 0 && found < MOST_DIRECTORIES;
                slash = path.indexOf('/', slash + 1)) {
            if (slash + 1 < path.length()) {
                texts.add(form + path.substring(0, slash + 1));
                found++;
            }
        }
    }

    /** Returns the host, then its suffixes of at most five labels, longest first; never the last label alone. */
    private static List<String> hosts(String host) {
        List<String> forms = new ArrayList<>();
        forms.add(host);
        List<String> suffixes = new ArrayList<>();
        int dot = host.lastIndexOf('.');
        for (int labels = 2; dot > 0 && labels <= MOST_HOSTS; labels++) {
            dot = host.lastIndexOf('.', dot - 1);
            if (dot >= 0) {
                suffixes.addFirst(host.substring(dot + 1));
            }
        }
        for (String suffix : suffixes) {
            if (forms.size() < MOST_HOSTS) {
                forms.add(suffix);
            }
        }
        return forms;
    }
}
