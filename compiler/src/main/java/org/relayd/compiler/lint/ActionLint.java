package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.ActionDeclaration;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.ProtocolDeclaration;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;

/** Actions of dialect 5.1 that never apply. */
final class ActionLint {
    private ActionLint() {}

    static List<Diagnostic> of(ParsedConfig config) {
        List<Diagnostic> advice = new ArrayList<>();
        for (ProtocolDeclaration protocol : Uses.all(config, ProtocolDeclaration.class)) {
            List<ActionDeclaration> actions = protocol.options().stream().filter(ActionDeclaration.class::isInstance)
                    .map(ActionDeclaration.class::cast).toList();
            Set<Long> marks = new HashSet<>();
            actions.stream().filter(action -> action.kind() == ActionKind.MARK)
                    .forEach(action -> action.mark().ifPresent(mark -> marks.add(mark.value())));
            for (ActionDeclaration action : actions) {
                withoutEffect(action).ifPresent(advice::add);
                if (action.kind() != ActionKind.MARK && action.marked().isPresent()
                        && !marks.contains(action.marked().get().value())) {
                    Count marked = action.marked().get();
                    advice.add(Diagnostic.at(AdviceCode.MARK_NEVER_SET, marked.span(),
                            "no action sets the mark " + marked.value()));
                }
            }
        }
        return advice;
    }

    private static Optional<Diagnostic> withoutEffect(ActionDeclaration action) {
        if (action.type() == EntityType.HEADER) {
            return switch (action.kind()) {
                case APPEND, CHANGE, REMOVE -> LengthFields.edited(action.subject().text().value(), action.span());
                case EXPECT, FILTER, HASH, LOG, MARK -> Optional.empty();
            };
        }
        if (action.direction() == Direction.RESPONSE) {
            return Optional.of(Diagnostic.at(AdviceCode.NO_EFFECT, action.span(),
                    "responses have no " + action.type().word() + " for actions, only headers"));
        }
        return switch (action.kind()) {
            case APPEND, CHANGE, REMOVE -> Optional.of(Diagnostic.at(AdviceCode.NO_EFFECT, action.span(),
                    action.kind().word() + " works on headers only"));
            case EXPECT, FILTER, HASH, LOG, MARK -> Optional.empty();
        };
    }
}
