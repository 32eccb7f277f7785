package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.ActionDeclaration;
import org.relayd.ir.parsed.GlobalSetting;
import org.relayd.ir.parsed.HttpSetting;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.ProtocolDeclaration;
import org.relayd.ir.parsed.ProtocolOption;
import org.relayd.ir.parsed.RuleDeclaration;
import org.relayd.ir.parsed.RuleDeclaration.Option;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;
import org.relayd.ir.term.RuleVerdict;

/** Filter rules that never do what they say. */
final class RuleLint {
    private final ProtocolDeclaration protocol;
    private final List<RuleDeclaration> rules;
    private final List<Diagnostic> advice = new ArrayList<>();

    private RuleLint(ProtocolDeclaration protocol) {
        this.protocol = protocol;
        this.rules = rules(protocol);
    }

    static List<Diagnostic> of(ParsedConfig config) {
        List<Diagnostic> advice = new ArrayList<>();
        boolean logged = config.declarations().stream()
                .anyMatch(line -> line instanceof GlobalSetting.LogConnection
                        || line instanceof GlobalSetting.LogUpdates);
        for (ProtocolDeclaration protocol : Uses.all(config, ProtocolDeclaration.class)) {
            RuleLint lint = new RuleLint(protocol);
            if (protocol.type().filter(type -> type.value().equals("http")).isPresent()) {
                lint.unreachable();
                lint.withoutEffect();
                lint.undone();
                lint.websockets();
                lint.advice.addAll(TagLint.of(lint.rules, logged));
            } else {
                lint.neverRun();
            }
            advice.addAll(lint.advice);
        }
        return advice;
    }

    private void neverRun() {
        Optional<Span> first = protocol.options().stream()
                .filter(option -> option instanceof RuleDeclaration || option instanceof ActionDeclaration)
                .map(ProtocolOption::span).findFirst();
        first.map(span -> Diagnostic.at(AdviceCode.RULES_NEVER_RUN, span,
                "rules in a protocol that is not http never run").labelled(protocol.header(), "not an http protocol"))
                .map(said -> isDatagrams() ? said : said.helped("begin the section with: http protocol"))
                .ifPresent(advice::add);
    }

    private boolean isDatagrams() {
        return protocol.type().filter(type -> type.value().equals("dns")).isPresent();
    }

    private void unreachable() {
        Map<Direction, Span> ends = new EnumMap<>(Direction.class);
        Set<Direction> said = EnumSet.noneOf(Direction.class);
        for (RuleDeclaration rule : rules) {
            Direction direction = direction(rule);
            Span end = ends.get(direction);
            if (end != null && said.add(direction)) {
                advice.add(Diagnostic.at(AdviceCode.UNREACHABLE_RULE, rule.span(),
                        "no " + direction.word() + " reaches this rule").labelled(end, "ends the evaluation of all"));
            } else if (isUnconditional(rule)) {
                ends.putIfAbsent(direction, rule.span());
            }
        }
    }

    private static boolean isUnconditional(RuleDeclaration rule) {
        return rule.quick() && fitsEverything(rule);
    }

    private static boolean fitsEverything(RuleDeclaration rule) {
        if (rule.family().isPresent() || rule.from().isPresent() || rule.to().isPresent()) {
            return false;
        }
        for (Option option : rule.options()) {
            if (isCondition(option)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCondition(Option option) {
        return switch (option) {
            case Option.ForwardTo _,Option.Tag _,Option.NoTag _,Option.Label _,Option.NoLabel _ -> false;
            case Option.Method _,Option.Entity _,Option.PathStrip _,Option.KeyFile _,Option.Tagged _ -> true;
        };
    }

    private void undone() {
        Map<Direction, RuleDeclaration> later = new EnumMap<>(Direction.class);
        List<Diagnostic> found = new ArrayList<>();
        for (RuleDeclaration rule : rules.reversed()) {
            RuleDeclaration pass = later.get(direction(rule));
            if (rule.verdict() == RuleVerdict.BLOCK && !rule.quick() && pass != null) {
                found.add(Diagnostic.at(AdviceCode.BLOCK_UNDONE, rule.span(), "this block is undone by a later pass")
                        .labelled(pass.span(), "fits everything, and the last rule that fits decides")
                        .helped("write block quick, or put the pass above"));
            } else if (rule.verdict() == RuleVerdict.PASS && fitsEverything(rule)) {
                later.put(direction(rule), rule);
            }
        }
        advice.addAll(found.reversed());
    }

    static Direction direction(RuleDeclaration rule) {
        return rule.direction().orElse(Direction.REQUEST);
    }

    private void websockets() {
        boolean open = protocol.options().stream().anyMatch(
                option -> option instanceof HttpSetting.Websockets(Span _, boolean enabled) && enabled);
        for (RuleDeclaration rule : rules) {
            for (Option option : rule.options()) {
                if (option instanceof Option.Entity entity && direction(rule) == Direction.REQUEST && isWritten(entity)
                        && entity.key().isPresent()) {
                    websocket(entity, entity.key().get().text().value(), open);
                }
            }
        }
    }

    private void websocket(Option.Entity entity, String field, boolean open) {
        if (!open && field.equalsIgnoreCase("upgrade")) {
            advice.add(Diagnostic.at(AdviceCode.WEBSOCKETS, entity.span(),
                    "requests to upgrade are refused without http websockets").helped("add: http websockets"));
        } else if (open && field.equalsIgnoreCase("connection")
                && entity.value().filter(value -> value.text().value().equalsIgnoreCase("close")).isPresent()) {
            advice.add(Diagnostic.at(AdviceCode.WEBSOCKETS, entity.span(),
                    "this keeps requests from becoming websockets"));
        }
    }

    /** Returns whether a rule writes a header field. */
    static boolean isWritten(Option.Entity entity) {
        return entity.type() == EntityType.HEADER && entity.option().isPresent()
                && switch (entity.option().get()) {
                    case APPEND, SET -> true;
                    case HASH, LOG, REMOVE, STRIP -> false;
                };
    }

    private void withoutEffect() {
        for (RuleDeclaration rule : rules) {
            Map<EntityType, Span> entities = new EnumMap<>(EntityType.class);
            for (Option option : rule.options()) {
                if (option instanceof Option.Method && rule.direction().equals(Optional.of(Direction.RESPONSE))) {
                    advice.add(Diagnostic.at(AdviceCode.NO_EFFECT, option.span(),
                            "responses have no method, so the rule never applies"));
                }
                if (option instanceof Option.Entity entity) {
                    editedLength(entity).ifPresent(advice::add);
                }
                entity(option).ifPresent(type -> {
                    Span first = entities.put(type, option.span());
                    if (first != null) {
                        advice.add(Diagnostic.at(AdviceCode.NO_EFFECT, option.span(),
                                "a second " + type.word() + " in a rule takes the place of the first")
                                .labelled(first, "has no effect").helped("write two rules"));
                    }
                });
            }
        }
    }

    private static Optional<Diagnostic> editedLength(Option.Entity entity) {
        boolean edits = entity.type() == EntityType.HEADER && entity.option().filter(option -> switch (option) {
            case APPEND, SET, REMOVE -> true;
            case HASH, LOG, STRIP -> false;
        }).isPresent();
        return entity.key().filter(key -> edits && !key.pattern())
                .flatMap(key -> LengthFields.edited(key.text().value(), entity.span()));
    }

    private static Optional<EntityType> entity(Option option) {
        return switch (option) {
            case Option.Entity entity -> Optional.of(entity.type());
            case Option.PathStrip _ -> Optional.of(EntityType.PATH);
            case Option.Method _,Option.KeyFile _,Option.ForwardTo _,Option.Tag _,Option.NoTag _,Option.Tagged _,Option.Label _,Option.NoLabel _
                    -> Optional.empty();
        };
    }

    private static List<RuleDeclaration> rules(ProtocolDeclaration protocol) {
        List<RuleDeclaration> rules = new ArrayList<>();
        for (ProtocolOption option : protocol.options()) {
            if (option instanceof RuleDeclaration rule) {
                rules.add(rule);
            }
        }
        return rules;
    }
}
