package org.relayd.compiler.check.protocol;

import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.compiler.check.state.Findings;
import org.relayd.ir.config.Digest;
import org.relayd.ir.config.Rule.Condition;
import org.relayd.ir.config.Rule.Match;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.RuleDeclaration.MatchText;
import org.relayd.ir.parsed.RuleDeclaration.Option.Entity;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.pattern.LuaPattern;
import org.relayd.ir.pattern.MalformedPatternException;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;

/** Reads what a rule says about cookies, headers, path, query and url. relayd.conf(5): FILTER RULES. */
final class EntityReader {
    private static final Match ANY = new Match("*", false);

    private final Findings findings;

    EntityReader(Findings findings) {
        this.findings = findings;
    }

    void read(Entity entity, RuleDraft draft) {
        if (!isSupported(entity)) {
            findings.add(RuleErrors.optionForType(entity.span(), entity.type()));
        }
        Optional<Digest> digest = Optional.empty();
        if (entity.digest() && entity.key().isPresent()) {
            Text text = entity.key().get().text();
            // A pattern is tried on the text of the digest, so it may have any length.
            digest = Digest.of(text.value());
            if (digest.isEmpty() && !entity.key().get().pattern()) {
                findings.add(RuleErrors.invalidDigest(text));
            } else if (!entity.key().get().pattern() && !digest.get().isHexadecimal()) {
                findings.add(RuleErrors.digestOfNothing(text));
            }
        }
        Optional<Match> key = entity.key().map(this::match);
        Optional<Match> value = entity.value().map(this::match).or(() -> key.map(_ -> ANY));
        draft.put(new Condition(entity.type(), entity.option(), key, value, digest, OptionalInt.empty()),
                entity.span());
    }

    void strip(Span span, Count components, RuleDraft draft) {
        if (components.value() < 0 || components.value() > Integer.MAX_VALUE) {
            findings.add(RuleErrors.strip(components));
        }
        draft.put(new Condition(EntityType.PATH, Optional.of(EntityOption.STRIP), Optional.empty(), Optional.empty(),
                Optional.empty(), OptionalInt.of((int) components.value())), span);
    }

    /** Completes the entities once it is known whether their keys come from a file. Logging without a key logs all. */
    void finish(RuleDraft draft) {
        if (draft.keyFile.isPresent()) {
            return;
        }
        draft.conditions.replaceAll((type, written) -> {
            Condition condition = written.condition();
            if (condition.key().isPresent()) {
                return written;
            }
            if (condition.option().equals(Optional.of(EntityOption.LOG))) {
                return new RuleDraft.Written(new Condition(type, condition.option(), Optional.of(ANY),
                        condition.value(), condition.digest(), condition.strip()), written.span());
            }
            if (condition.option().isEmpty()) {
                findings.add(RuleErrors.entityWithoutKey(written.span(), type));
            }
            return written;
        });
    }

    private static boolean isSupported(Entity entity) {
        boolean changes = entity.option().isPresent() && switch (entity.option().get()) {
            case APPEND, SET, REMOVE -> true;
            case HASH, LOG, STRIP -> false;
        };
        return !changes || switch (entity.type()) {
            case QUERY, URL -> false;
            case HEADER, COOKIE, PATH -> true;
        };
    }

    private Match match(MatchText text) {
        if (text.pattern()) {
            try {
                LuaPattern.compile(text.text().value());
            } catch (MalformedPatternException malformed) {
                findings.add(RuleErrors.malformedPattern(text.text(), malformed.getMessage()));
            }
        }
        return new Match(text.text().value(), text.pattern());
    }
}
