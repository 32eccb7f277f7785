package org.relayd.compiler.check.protocol;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.ir.config.Rule;
import org.relayd.ir.config.Rule.Condition;
import org.relayd.ir.config.Rule.KeyFileLine;
import org.relayd.ir.config.Rule.Marking;
import org.relayd.ir.config.Rule.Match;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.parsed.RuleDeclaration;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;

/** A rule while its options are read. There is one place for each type of entity: a second one replaces the first. */
final class RuleDraft {
    /** A condition and where it is written. */
    record Written(Condition condition, Span span) {}

    final RuleDeclaration rule;
    final Map<EntityType, Written> conditions = new EnumMap<>(EntityType.class);
    Optional<EntityType> last = Optional.empty();
    Optional<IpPrefix> from = Optional.empty();
    Optional<IpPrefix> to = Optional.empty();
    Optional<String> method = Optional.empty();
    Optional<String> forwardTo = Optional.empty();
    Marking tag = new Marking.Keep();
    Optional<String> tagged = Optional.empty();
    Marking label = new Marking.Keep();
    Optional<Text> keyFile = Optional.empty();
    Optional<Text> fileValue = Optional.empty();

    RuleDraft(RuleDeclaration rule) {
        this.rule = rule;
    }

    Direction direction() {
        return rule.direction().orElse(Direction.REQUEST);
    }

    void put(Condition condition, Span span) {
        conditions.put(condition.type(), new Written(condition, span));
        last = Optional.of(condition.type());
    }

    /** Returns the rule with its own keys. */
    Rule finish() {
        return rule(conditions(), Optional.empty());
    }

    /**
     * Returns the rule with a key of its file, which replaces the keys of all its conditions. The last condition gets
     * the value that is written after the file, or none.
     *
     * @param number
     *            of the key in the file, from 0
     */
    Rule finish(String path, int number, String key) {
        List<Condition> own = new ArrayList<>();
        for (Condition condition : conditions()) {
            Optional<Match> value = last.equals(Optional.of(condition.type()))
                    ? fileValue.map(text -> new Match(text.value(), false)) : condition.value();
            own.add(new Condition(condition.type(), condition.option(), Optional.of(new Match(key, false)), value,
                    Optional.empty(), condition.strip()));
        }
        return rule(own, Optional.of(new KeyFileLine(path, number, fileValue.map(Text::value))));
    }

    private List<Condition> conditions() {
        List<Condition> ordered = new ArrayList<>(conditions.size());
        for (Written written : conditions.values()) {
            ordered.add(written.condition());
        }
        return ordered;
    }

    private Rule rule(List<Condition> ordered, Optional<KeyFileLine> source) {
        return new Rule(rule.verdict(), direction(), rule.quick(), rule.family(), from, to, method, forwardTo, tag,
                tagged,
                label, ordered, source);
    }
}
