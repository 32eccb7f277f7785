package org.relayd.compiler.build;

import static org.relayd.compiler.build.Converters.count;
import static org.relayd.compiler.build.Converters.first;
import static org.relayd.compiler.build.Converters.span;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.relayd.grammar.RelaydParser.*;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.parsed.RuleDeclaration;
import org.relayd.ir.parsed.RuleDeclaration.AddressSpec;
import org.relayd.ir.parsed.RuleDeclaration.MatchText;
import org.relayd.ir.parsed.RuleDeclaration.Option;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityOption;
import org.relayd.ir.term.EntityType;
import org.relayd.ir.term.RuleVerdict;

/** Builds filter rules. relayd.conf(5): FILTER RULES. */
final class RuleBuilder {
    private final Converters converters;

    RuleBuilder(Converters converters) {
        this.converters = converters;
    }

    RuleDeclaration build(FilterRuleContext rule) {
        converters.dialects().only(Dialect.CURRENT, "a filter rule", first(rule));
        List<Option> options = new ArrayList<>();
        for (RuleOptionContext option : rule.ruleOption()) {
            options.add(option(option));
        }
        return new RuleDeclaration(span(rule), Converters.value(first(rule), RuleVerdict.values()),
                direction(rule.REQUEST(), rule.RESPONSE()),
                rule.QUICK() != null, family(rule), address(rule.source), address(rule.target), options);
    }

    static Optional<Direction> direction(TerminalNode request, TerminalNode response) {
        return request != null ? Optional.of(Direction.REQUEST)
                : response != null ? Optional.of(Direction.RESPONSE) : Optional.empty();
    }

    private static Optional<IpFamily> family(FilterRuleContext rule) {
        return rule.INET() != null ? Optional.of(IpFamily.INET)
                : rule.INET6() != null ? Optional.of(IpFamily.INET6) : Optional.empty();
    }

    private Optional<AddressSpec> address(RulePrefixContext prefix) {
        return prefix == null ? Optional.empty()
                : Optional.of(new AddressSpec(span(prefix), converters.text(prefix.currentName()),
                        Converters.optionalCount(prefix.NUMBER())));
    }

    private Option option(RuleOptionContext option) {
        Span span = span(option);
        return switch (option) {
            case RuleMethodContext method -> new Option.Method(span, converters.text(method.currentName()));
            case RuleEntityContext entity -> new Option.Entity(span,
                    Converters.value(first(entity), EntityType.values()),
                    entityOption(entity.entityOption()), false, match(entity.matchText()), value(entity.matchValue()));
            case RuleUrlContext url -> new Option.Entity(span, EntityType.URL, entityOption(url.entityOption()), false,
                    match(url.matchText()), value(url.matchValue()));
            case RuleUrlDigestContext digest -> new Option.Entity(span, EntityType.URL,
                    entityOption(digest.entityOption()), true,
                    Optional.of(new MatchText(converters.text(digest.currentName()), digest.PATTERN() != null)),
                    value(digest.matchValue()));
            case RulePathStripContext strip -> new Option.PathStrip(span, count(strip.NUMBER()));
            case RuleKeyFileContext file -> new Option.KeyFile(span, converters.text(file.path),
                    converters.optionalText(file.value));
            case RuleForwardContext forward -> new Option.ForwardTo(span, converters.tableName(forward.tableName()));
            case RuleTagContext tag -> new Option.Tag(span, converters.text(tag.currentName()));
            case RuleNoTagContext _ -> new Option.NoTag(span);
            case RuleTaggedContext tagged -> new Option.Tagged(span, converters.text(tagged.currentName()));
            case RuleLabelContext label -> new Option.Label(span, converters.text(label.currentName()));
            case RuleNoLabelContext _ -> new Option.NoLabel(span);
            default -> throw Trees.unknown(option);
        };
    }

    private static Optional<EntityOption> entityOption(EntityOptionContext option) {
        return option == null ? Optional.empty()
                : Optional.of(Converters.value(first(option), EntityOption.values()));
    }

    private Optional<MatchText> match(MatchTextContext text) {
        return text == null ? Optional.empty()
                : Optional.of(new MatchText(converters.text(text.currentName()), text.PATTERN() != null));
    }

    private Optional<MatchText> value(MatchValueContext value) {
        return value == null ? Optional.empty() : match(value.matchText());
    }
}
