package org.relayd.main.desk;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.recording.Answers;
import org.relayd.compiler.recording.Content;
import org.relayd.compiler.recording.ReplayedEnvironment;
import org.relayd.compiler.recording.UnrecordedQuestionException;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.TlsSettings.CaKey;
import org.relayd.main.bundle.Bundle;
import org.relayd.main.plans.PlanCompiler;

/**
 * Passwords of keys, which the parent alone needs: relayd.conf(5), {@code ca key}. In the texts for the worker the
 * letter x stands in place of theirs, after the word {@code password} and where a macro is defined.
 *
 * @param secrets
 *            the passwords
 */
record Passwords(Set<String> secrets) {

    /** Returns those of a configuration. */
    static Passwords of(CheckedConfig config) {
        return new Passwords(keys(config).map(CaKey::password).filter(password -> !password.isEmpty())
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static Stream<CaKey> keys(CheckedConfig config) {
        return config.protocols().stream().flatMap(protocol -> protocol.tls().caKey().stream());
    }

    /**
     * Takes the passwords out of a bundle.
     *
     * @param config
     *            what the bundle means
     * @return empty if it would mean something else without them, or still tell one, since the file writes them in a
     *         way that is not known here
     */
    Optional<Bundle> hiddenIn(Bundle bundle, CheckedConfig config, PlanCompiler compiler) {
        if (secrets.isEmpty()) {
            return Optional.of(bundle);
        }
        Answers answers = bundle.answers().withContents(this::hiddenIn);
        List<String> macros = bundle.options().macros().stream().map(this::withoutValue).toList();
        PlanCompiler worker = new PlanCompiler(bundle.options().withMacros(macros), compiler.system());
        Bundle hidden = new Bundle(worker.options(), bundle.file(), answers, bundle.print());
        return meaning(worker, hidden).filter(meant -> isHidden(config, meant)).map(_ -> hidden);
    }

    private static Optional<CheckedConfig> meaning(PlanCompiler compiler, Bundle bundle) {
        try {
            Compilation again = compiler.compile(bundle.file(), new ReplayedEnvironment(bundle.answers()));
            return again.config();
        } catch (UnrecordedQuestionException other) {
            return Optional.empty();
        }
    }

    /** Texts of configurations are without passwords. */
    private boolean isHidden(CheckedConfig before, CheckedConfig after) {
        return before.toString().equals(after.toString())
                && keys(after).map(CaKey::password).noneMatch(secrets::contains);
    }

    private Content hiddenIn(Content content) {
        return switch (content) {
            case Content.Octets(String characters) -> new Content.Octets(hiddenIn(characters));
            case Content.Unreadable unreadable -> unreadable;
        };
    }

    private String hiddenIn(String text) {
        String hidden = text;
        for (String secret : secrets) {
            // A file is octets here, in UTF-8 or one for each character.
            hidden = without(secret, hidden);
            hidden = without(new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1), hidden);
        }
        return hidden;
    }

    private static String without(String secret, String text) {
        String quoted = Pattern.quote(secret);
        Matcher places = Pattern.compile("(?m)(?:\\bpassword[\\s\\\\]+|^[ \\t]*\\w+[ \\t]*=[ \\t]*)(?:\"(" + quoted
                + ")\"|(" + quoted + ")(?=[\\s,}#]|$))").matcher(text);
        StringBuilder hidden = new StringBuilder(text);
        while (places.find()) {
            int group = places.start(1) < 0 ? 2 : 1;
            hidden.replace(places.start(group), places.end(group), masked(secret));
        }
        return hidden.toString();
    }

    private static String masked(String secret) {
        return "x".repeat(secret.length());
    }

    /** In an argument of {@code -D}. */
    private String withoutValue(String macro) {
        int value = macro.indexOf('=') + 1;
        return secrets.contains(macro.substring(value)) ? macro.substring(0, value) + masked(macro.substring(value))
                : macro;
    }
}
