package org.relayd.golden;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.relayd.runtime.tls.TestCertificates;
import org.relayd.runtime.tls.TestCertificates.KeyForm;
import org.relayd.runtime.tls.TestCertificates.KeyKind;
import org.relayd.runtime.tls.TestCertificates.Wanted;

/**
 * The certificates of a case, made anew each time. Their dates are fixed, as is the time of the case, and nothing of
 * their keys shows in messages, so that the output is the same each time.
 *
 * <p>A line {@code #! certificate: NAME [by=NAME] [names=A,B] [from=DATE] [until=DATE] [key=rsa] [authority]} makes
 * one; without {@code by} it is signed by an authority called root. Its names are its name if nothing else is said.
 */
final class CaseCertificates {
    /** When the case is compiled, if it has certificates. */
    static final Instant TIME = Instant.parse("2026-06-01T00:00:00Z");

    private static final String ROOT = "root";
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

    private final Map<String, TestCertificates> made = new HashMap<>();

    /** Makes a certificate from the words of its line. */
    void make(List<String> words) {
        String name = words.getFirst();
        TestCertificates by = find(ROOT);
        Wanted wanted = Wanted.of(name).between(FROM, UNTIL);
        boolean authority = false;
        for (String word : words.subList(1, words.size())) {
            String value = word.substring(word.indexOf('=') + 1);
            switch (word.substring(0, word.length() - value.length())) {
                case "by=" -> by = find(value);
                case "names=" -> wanted = new Wanted(List.of(value.split(",", -1)), wanted.kind(), wanted.from(),
                        wanted.until(), wanted.purpose());
                case "from=" -> wanted = wanted.between(Instant.parse(value + "T00:00:00Z"), wanted.until());
                case "until=" -> wanted = wanted.between(wanted.from(), Instant.parse(value + "T00:00:00Z"));
                case "key=" -> wanted = wanted.with(KeyKind.valueOf(value.toUpperCase(Locale.ROOT)));
                case "" -> authority = value.equals("authority");
                default -> throw new IllegalArgumentException("unknown: " + word);
            }
        }
        made.put(name, authority ? by.intermediate(name, wanted) : by.leaf(wanted));
    }

    /**
     * Returns the text of a file.
     *
     * @param parts
     *            one after the other: {@code NAME} for a certificate, {@code NAME.key} for its key,
     *            {@code NAME.key:FORM} for a form of it, {@code rubbish}, and {@code cut}, which takes away the last
     *            third
     */
    String text(List<String> parts) {
        String text = "";
        for (String part : parts) {
            int key = part.indexOf(".key");
            if (part.equals("cut")) {
                text = text.substring(0, text.length() * 2 / 3);
            } else if (part.equals("rubbish")) {
                text += "humppa\n";
            } else if (key < 0) {
                text += find(part).certificatePem();
            } else {
                Optional<String> form = Optional.of(part.substring(key + ".key".length()))
                        .filter(rest -> !rest.isEmpty()).map(rest -> rest.substring(1));
                text += find(part.substring(0, key))
                        .keyPem(form.map(KeyForm::valueOf).orElse(KeyForm.PKCS8));
            }
        }
        return text;
    }

    private TestCertificates find(String name) {
        if (name.equals(ROOT)) {
            return made.computeIfAbsent(name, _ -> TestCertificates.root(name, Wanted.of()
                    .between(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2040-01-01T00:00:00Z"))));
        }
        return Optional.ofNullable(made.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no certificate: " + name));
    }
}
