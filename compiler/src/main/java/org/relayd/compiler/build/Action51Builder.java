package org.relayd.compiler.build;

import static org.relayd.compiler.build.Converters.count;
import static org.relayd.compiler.build.Converters.first;
import static org.relayd.compiler.build.Converters.span;

import java.util.Optional;
import org.relayd.grammar.RelaydParser.*;
import org.relayd.ir.parsed.ActionDeclaration;
import org.relayd.ir.parsed.ActionDeclaration.Subject;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;

/** Builds the protocol actions of dialect 5.1. relayd.conf(5) of 5.1: PROTOCOLS. */
final class Action51Builder {
    private final Converters converters;

    Action51Builder(Converters converters) {
        this.converters = converters;
    }

    ActionDeclaration build(ActionContext context) {
        ActionDeclaration action = action(context);
        converters.dialects().only(Dialect.V5_1, "an action of a protocol", first(context),
                RuleSuggestion.of(action));
        return action;
    }

    private ActionDeclaration action(ActionContext action) {
        Line line = new Line(span(action),
                RuleBuilder.direction(action.REQUEST(), action.RESPONSE()).orElse(Direction.REQUEST),
                Converters.value(first(action.actionEntity()), EntityType.values()));
        return switch (action.actionVerb()) {
            case ActionAppendContext append -> line.action(ActionKind.APPEND, key(append.key),
                    Optional.of(converters.text(append.value)), marked(append.actionMarked()), append.LOG() != null);
            case ActionChangeContext change -> line.action(ActionKind.CHANGE, key(change.key),
                    Optional.of(converters.text(change.value)), marked(change.actionMarked()), change.LOG() != null);
            case ActionRemoveContext remove -> line.action(ActionKind.REMOVE, keys(remove.actionKeys()),
                    Optional.empty(), marked(remove.actionMarked()), remove.LOG() != null);
            case ActionExpectContext expect -> expect(line, expect);
            case ActionHashContext hash -> line.action(ActionKind.HASH, key(hash.oldName()), Optional.empty(),
                    marked(hash.actionMarked()), hash.LOG() != null);
            case ActionLogContext log -> line.action(ActionKind.LOG, keys(log.actionKeys()), Optional.empty(),
                    marked(log.actionMarked()), log.LOG().size() > 1);
            case ActionMarkContext mark -> mark(line, mark);
            default -> throw Trees.unknown(action);
        };
    }

    private ActionDeclaration expect(Line line, ActionExpectContext expect) {
        ActionKind kind = Converters.value(first(expect), ActionKind.values());
        Optional<Count> marked = marked(expect.actionMarked());
        boolean log = expect.LOG() != null;
        return switch (expect.actionMatch()) {
            case MatchNameContext name when name.oldName().size() > 1 -> line.action(kind, key(name.oldName(1)),
                    Optional.of(converters.text(name.oldName(0))), marked, log);
            case MatchNameContext name -> line.action(kind, key(name.oldName(0)), Optional.empty(), marked, log);
            case MatchDigestContext digest -> line.action(kind, new Subject.Digest(converters.text(digest.oldName())),
                    Optional.empty(), marked, log);
            case MatchFileContext file -> line.action(kind, new Subject.KeyFile(converters.text(file.oldName())),
                    Optional.empty(), marked, log);
            default -> throw Trees.unknown(expect);
        };
    }

    private ActionDeclaration mark(Line line, ActionMarkContext mark) {
        Text subject = converters.text(mark.subject);
        Optional<Text> value = mark.key == null ? Optional.empty() : Optional.of(subject);
        Subject key = mark.key == null ? new Subject.Key(subject) : key(mark.key);
        return new ActionDeclaration(line.span, line.direction, line.type, ActionKind.MARK, key, value,
                Optional.of(count(mark.NUMBER())), marked(mark.actionMarked()), mark.LOG() != null);
    }

    private Subject key(OldNameContext name) {
        return new Subject.Key(converters.text(name));
    }

    private Subject keys(ActionKeysContext keys) {
        return switch (keys) {
            case KeysNameContext name -> key(name.oldName());
            case KeysFileContext file -> new Subject.KeyFile(converters.text(file.oldName()));
            default -> throw Trees.unknown(keys);
        };
    }

    private static Optional<Count> marked(ActionMarkedContext marked) {
        return marked == null ? Optional.empty() : Optional.of(count(marked.NUMBER()));
    }

    /** What all actions of one line have in common. */
    private record Line(Span span, Direction direction, EntityType type) {
        ActionDeclaration action(ActionKind kind, Subject subject, Optional<Text> value, Optional<Count> marked,
                boolean log) {
            return new ActionDeclaration(span, direction, type, kind, subject, value, Optional.empty(), marked, log);
        }
    }
}
