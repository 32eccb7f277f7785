package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.ActionDeclaration;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.ProtocolDeclaration;
import org.relayd.ir.term.ActionKind;

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
}
