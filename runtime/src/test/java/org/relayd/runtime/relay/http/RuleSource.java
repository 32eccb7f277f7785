package org.relayd.runtime.relay.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.ir.config.Rule;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.ir.term.RuleVerdict;

/** Builds filter rules for tests, in the words of relayd.conf(5). */
public final class RuleSource {
    private final RuleVerdict verdict;
    private final Direction direction;
    private boolean quick;
    private Optional<IpFamily> family = Optional.empty();
    private Optional<IpPrefix> from = Optional.empty();
    private Optional<String> method = Optional.empty();
    private Optional<String> table = Optional.empty();
    private Rule.Marking tag = new Rule.Marking.Keep();
    private Optional<String> tagged = Optional.empty();
    private Rule.Marking label = new Rule.Marking.Keep();
    private final List<Rule.Condition> conditions = new ArrayList<>();

    private RuleSource(RuleVerdict verdict, Direction direction) {
        this.verdict = verdict;
        this.direction = direction;
    }

    /** {@code match request}. */
    public static RuleSource match() {
        return new RuleSource(RuleVerdict.MATCH, Direction.REQUEST);
    }

    /** {@code match response}. */
    public static RuleSource matchResponse() {
        return new RuleSource(RuleVerdict.MATCH, Direction.RESPONSE);
    }

    /** {@code pass request}. */
    public static RuleSource pass() {
        return new RuleSource(RuleVerdict.PASS, Direction.REQUEST);
    }

    /** {@code block request}. */
    public static RuleSource block() {
        return new RuleSource(RuleVerdict.BLOCK, Direction.REQUEST);
    }

    /** {@code block response}. */
    public static RuleSource blockResponse() {
        return new RuleSource(RuleVerdict.BLOCK, Direction.RESPONSE);
    }

    public RuleSource quick() {
        quick = true;
        return this;
    }

    public RuleSource family(IpFamily wanted) {
        family = Optional.of(wanted);
        return this;
    }

    public RuleSource from(IpPrefix prefix) {
        from = Optional.of(prefix);
        return this;
    }

    public RuleSource method(String name) {
        method = Optional.of(name);
        return this;
    }

    public RuleSource forwardTo(String name) {
        table = Optional.of(name);
        return this;
    }

    public RuleSource tag(String text) {
        tag = new Rule.Marking.Set(text);
        return this;
    }

    public RuleSource noTag() {
        tag = new Rule.Marking.Clear();
        return this;
    }

    public RuleSource tagged(String text) {
        tagged = Optional.of(text);
        return this;
    }

    public RuleSource label(String text) {
        label = new Rule.Marking.Set(text);
        return this;
    }

    /** An entity with a key only. */
    public RuleSource on(EntityType type, String key) {
        return add(type, Optional.empty(), key, "*");
    }

    /** An entity with key and value. */
    public RuleSource on(EntityType type, String key, String value) {
        return add(type, Optional.empty(), key, value);
    }

    /** An entity with an option and a key. */
    public RuleSource on(EntityType type, EntityOption option, String key) {
        return add(type, Optional.of(option), key, "*");
    }

    /** An entity with option, key and value. */
    public RuleSource on(EntityType type, EntityOption option, String key, String value) {
        return add(type, Optional.of(option), key, value);
    }

    /** {@code path strip N}. */
    public RuleSource strip(int components) {
        conditions.add(new Rule.Condition(EntityType.PATH, Optional.of(EntityOption.STRIP), Optional.empty(),
                Optional.empty(), Optional.empty(), OptionalInt.of(components)));
        return this;
    }

    /** A header whose value is a Lua pattern. */
    public RuleSource pattern(EntityType type, String key) {
        conditions.add(new Rule.Condition(type, Optional.empty(), Optional.of(new Rule.Match(key, true)),
                Optional.of(new Rule.Match("*", false)), Optional.empty(), OptionalInt.empty()));
        return this;
    }

    private RuleSource add(EntityType type, Optional<EntityOption> option, String key, String value) {
        conditions.add(new Rule.Condition(type, option, Optional.of(new Rule.Match(key, false)),
                Optional.of(new Rule.Match(value, false)), Optional.empty(), OptionalInt.empty()));
        return this;
    }

    /** The rule. */
    public Rule build() {
        return new Rule(verdict, direction, quick, family, from, Optional.empty(), method, table, tag, tagged, label,
                conditions, Optional.empty());
    }

    /** Several rules. */
    public static List<Rule> rules(RuleSource... texts) {
        return List.of(texts).stream().map(RuleSource::build).toList();
    }
}
