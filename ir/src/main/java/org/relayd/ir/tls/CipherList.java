package org.relayd.ir.tls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A list in the syntax of openssl-ciphers(1), read as BoringSSL reads it, but for what the library passes over without
 * a word.
 *
 * @param suites
 *            what it chooses for versions below TLS 1.3, best first; may be empty
 * @param remarks
 *            what it says to no effect, in its order
 */
public record CipherList(List<CipherSuite> suites, List<Remark> remarks) {
    private static final Pattern SEPARATORS = Pattern.compile("[:;, ]+");
    private static final Pattern JOIN = Pattern.compile("\\+");

    /** Copies the lists. */
    public CipherList {
        suites = List.copyOf(suites);
        remarks = List.copyOf(remarks);
    }

    /** Something in a list that has no effect. */
    public sealed interface Remark {
        /** Returns what is written. */
        String word();

        /** No version of the library has the word. */
        record Unknown(String word) implements Remark {}

        /** What is asked for is not offered. */
        record Absent(String word) implements Remark {}

        /** Suites of TLS 1.3 are neither chosen nor left out by lists. */
        record Newest(String word) implements Remark {}

        /** A command other than {@code @STRENGTH}. */
        record Command(String word) implements Remark {}
    }

    /** Reads a list. */
    public static CipherList read(String list) {
        Reader reader = new Reader();
        SEPARATORS.splitAsStream(list).filter(element -> !element.isEmpty()).forEach(reader::read);
        return new CipherList(reader.active, reader.remarks);
    }

    /** Returns the words that somebody may have meant who wrote an unknown one. */
    public static List<String> suggestions() {
        return CipherWords.suggestions();
    }

    /** Returns whether the list has something to say about TLS 1.3 only, so that nothing older is wanted. */
    public boolean isOfNewestOnly() {
        return suites.isEmpty() && remarks.stream().anyMatch(Remark.Newest.class::isInstance);
    }

    /** Returns the suites as a list that the library reads, each by its name. */
    public String text() {
        return String.join(":", suites.stream().map(CipherSuite::word).toList());
    }

    /** A list while it is read. */
    private static final class Reader {
        private final List<CipherSuite> active = new ArrayList<>();
        private final Set<CipherSuite> killed = EnumSet.noneOf(CipherSuite.class);
        private final List<Remark> remarks = new ArrayList<>();

        void read(String element) {
            char first = element.charAt(0);
            switch (first) {
                case '@' -> command(element);
                case '!', '-', '+' -> apply(first, element, element.substring(1));
                default -> apply(' ', element, element);
            }
        }

        private void command(String element) {
            if (element.equals("@STRENGTH")) {
                active.sort(Comparator.comparingInt(CipherSuite::bits).reversed());
            } else {
                remarks.add(new Remark.Command(element));
            }
        }

        private void apply(char operator, String element, String joined) {
            List<String> words = List.of(JOIN.split(joined, -1));
            Set<Remark> unknown = new LinkedHashSet<>();
            words.stream().filter(word -> !CipherWords.isKnown(word))
                    .map(word -> CipherWords.isTls13(word) ? new Remark.Newest(element) : new Remark.Unknown(word))
                    .forEach(unknown::add);
            remarks.addAll(unknown);
            if (!unknown.isEmpty()) {
                return;
            }
            Predicate<CipherSuite> meant = suite -> words.stream().allMatch(word -> CipherWords.means(word, suite));
            switch (operator) {
                case '!' -> {
                    active.removeIf(meant);
                    Stream.of(CipherSuite.values()).filter(meant).forEach(killed::add);
                }
                case '-' -> active.removeIf(meant);
                case '+' -> {
                    List<CipherSuite> moved = active.stream().filter(meant).toList();
                    active.removeAll(moved);
                    active.addAll(moved);
                }
                default -> add(element, words, meant);
            }
        }

        private void add(String element, List<String> words, Predicate<CipherSuite> meant) {
            List<CipherSuite> found = Stream.of(CipherSuite.values()).filter(meant)
                    .filter(suite -> suite.isCommon() || CipherSuite.named(words.getFirst()).isPresent()).toList();
            if (found.isEmpty()) {
                remarks.add(new Remark.Absent(element));
            }
            found.stream().filter(suite -> !killed.contains(suite) && !active.contains(suite)).forEach(active::add);
        }
    }
}
