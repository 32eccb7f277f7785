package org.relayd.runtime.relay.http.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.relayd.ir.config.Rule;
import org.relayd.ir.term.DigestAlgorithm;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;
import org.relayd.runtime.relay.http.head.MessageHead;
import org.relayd.runtime.relay.http.head.Octets;

/** The URLs and digests that rules ask for: each message is looked up once for all of them. Immutable; any thread. */
final class UrlIndex {
    private final Map<String, List<Integer>> urls = new HashMap<>();
    private final Map<String, List<Integer>> digests = new HashMap<>();
    private boolean sha1;
    private boolean md5;
    private final int words;

    private UrlIndex(int rules) {
        words = rules / Long.SIZE + 1;
    }

    static UrlIndex of(List<CompiledRule> rules) {
        UrlIndex index = new UrlIndex(rules.size());
        for (int number = 0; number < rules.size(); number++) {
            for (Rule.Condition condition : rules.get(number).rule().conditions()) {
                if (condition.type() == EntityType.URL) {
                    index.add(condition, number);
                }
            }
        }
        return index;
    }

    private void add(Rule.Condition condition, int number) {
        condition.digest().ifPresentOrElse(digest -> {
            sha1 |= digest.algorithm() == DigestAlgorithm.SHA1;
            md5 |= digest.algorithm() == DigestAlgorithm.MD5;
            digests.computeIfAbsent(digest.text().toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(number);
        }, () -> condition.key().ifPresent(
                key -> urls.computeIfAbsent(key.text().toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(number)));
    }

    /**
     * Notes the rules whose URL or digest the request has.
     *
     * @return false if its Host value cannot be looked up
     */
    boolean match(RuleRun run) {
        if (urls.isEmpty() && digests.isEmpty()) {
            return true;
        }
        run.urlMatches = run.urlMatches.length < words ? new long[words] : run.urlMatches;
        Arrays.fill(run.urlMatches, 0);
        MessageHead head = run.head();
        if (run.direction() != Direction.REQUEST || head.hostField() < 0) {
            return true;
        }
        Optional<String> host = CanonicalHost.of(head.value(head.hostField()));
        if (host.isEmpty()) {
            return false;
        }
        String path = Octets.text(head.octets(), head.pathAt(), head.pathLength());
        String query = Octets.text(head.octets(), head.queryAt(), head.queryLength());
        for (String text : UrlLookup.candidates(host.get(), path, query)) {
            note(run, urls.getOrDefault(text.toLowerCase(Locale.ROOT), List.of()));
            if (sha1) {
                note(run, digests.getOrDefault(UrlDigest.of(DigestAlgorithm.SHA1, text), List.of()));
            }
            if (md5) {
                note(run, digests.getOrDefault(UrlDigest.of(DigestAlgorithm.MD5, text), List.of()));
            }
        }
        return true;
    }

    private static void note(RuleRun run, List<Integer> rules) {
        for (int rule : rules) {
            run.urlMatches[rule / Long.SIZE] |= 1L << rule;
        }
    }
}
