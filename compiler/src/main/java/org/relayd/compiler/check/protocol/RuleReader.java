package org.relayd.compiler.check.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.relayd.compiler.check.lookup.Hosts;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.Limits;
import org.relayd.compiler.check.state.Names;
import org.relayd.compiler.check.table.TableTemplate;
import org.relayd.ir.config.Rule;
import org.relayd.ir.config.Rule.Marking;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpFamily;
import org.relayd.ir.net.IpPrefix;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.RuleDeclaration;
import org.relayd.ir.parsed.RuleDeclaration.AddressSpec;
import org.relayd.ir.parsed.RuleDeclaration.Option;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Direction;
import org.relayd.ir.term.EntityType;

/** Reads filter rules. relayd.conf(5): FILTER RULES. */
final class RuleReader {
    private final Hosts hosts;
    private final KeyFileReader keyFiles;
    private final Names<TableTemplate> tables;
    private final Findings findings;
    private final EntityReader entities;
    private boolean tagSeen;
    private boolean labelSeen;

    /**
     * @param hosts
     *            finds addresses
     * @param keyFiles
     *            reads files of keys
     * @param tables
     *            tables defined above
     * @param findings
     *            takes what is wrong
     */
    RuleReader(Hosts hosts, KeyFileReader keyFiles, Names<TableTemplate> tables, Findings findings) {
        this.hosts = hosts;
        this.keyFiles = keyFiles;
        this.tables = tables;
        this.findings = findings;
        this.entities = new EntityReader(findings);
    }

    /** Returns the rules of a line: one, or one for each key of a file; none if something is wrong. */
    List<Rule> read(RuleDeclaration rule) {
        Findings.Statement statement = findings.begin();
        RuleDraft draft = new RuleDraft(rule);
        draft.from = rule.from().flatMap(this::prefix);
        draft.to = rule.to().flatMap(this::prefix);
        boolean addressed = draft.from.isPresent() || draft.to.isPresent();
        if (addressed && families(draft).distinct().count() > 1) {
            findings.add(RuleErrors.addressFamily(rule.span()));
        }
        for (Option option : rule.options()) {
            read(option, draft);
        }
        entities.finish(draft);
        if (statement.isRefused()) {
            return List.of();
        }
        return draft.keyFile.isPresent() ? ofFile(draft, draft.keyFile.get()) : alone(draft);
    }

    private static Stream<IpFamily> families(RuleDraft draft) {
        return Stream.concat(draft.rule.family().stream(), Stream.of(draft.from, draft.to).flatMap(Optional::stream)
                .map(prefix -> prefix.address().family()));
    }

    private Optional<IpPrefix> prefix(AddressSpec spec) {
        Optional<IpAddress> address = hosts.one(spec.address());
        if (address.isEmpty()) {
            findings.add(hosts.advised(RuleErrors.invalidHost(spec.address()), spec.address()));
            return Optional.empty();
        }
        int bits = address.get().family().bits();
        Optional<Count> length = spec.prefixLength();
        if (length.isPresent() && (length.get().value() < 0 || length.get().value() > bits)) {
            findings.add(RuleErrors.invalidPrefix(length.get(), bits));
            return Optional.empty();
        }
        return Optional.of(new IpPrefix(address.get(), length.map(count -> (int) count.value()).orElse(bits)));
    }

    private void read(Option option, RuleDraft draft) {
        switch (option) {
            case Option.Method(Span _, Text name) -> method(name, draft);
            case Option.Entity entity -> entities.read(entity, draft);
            case Option.PathStrip(Span span, Count components) -> entities.strip(span, components, draft);
            case Option.KeyFile(Span _, Text path, Optional<Text> value) -> {
                if (draft.keyFile.isPresent()) {
                    findings.add(RuleErrors.secondFile(path));
                }
                draft.keyFile = Optional.of(path);
                draft.fileValue = value;
            }
            case Option.ForwardTo(Span _, Text table) -> forwardTo(table, draft);
            case Option.Tag(Span span, Text name) -> {
                draft.tag = marking("tag", draft.tag, span, name, Limits.TAG);
                tagSeen = true;
            }
            case Option.NoTag(Span span) -> draft.tag = clear("tag", tagSeen, span);
            case Option.Tagged(Span span, Text name) -> tagged(span, name, draft);
            case Option.Label(Span span, Text text) -> {
                draft.label = marking("label", draft.label, span, text, Limits.LABEL);
                labelSeen = true;
            }
            case Option.NoLabel(Span span) -> draft.label = clear("label", labelSeen, span);
        }
    }

    private void method(Text name, RuleDraft draft) {
        if (!HttpMethods.isKnown(name.value())) {
            findings.add(RuleErrors.unknownMethod(name, HttpMethods.isKnownInUpperCase(name.value())));
        }
        draft.method = Optional.of(name.value());
    }

    private void forwardTo(Text table, RuleDraft draft) {
        if (tables.find(table.value()).isEmpty()) {
            findings.followUp(RuleErrors.undefinedTable(table, tables.similar(table.value())),
                    tables.isRefused(table.value()));
        }
        draft.forwardTo = Optional.of(table.value());
    }

    private Marking marking(String what, Marking earlier, Span option, Text text, int limit) {
        if (!(earlier instanceof Marking.Keep)) {
            findings.add(RuleErrors.alreadyDefined(what, option));
        }
        checkMarking(what, text, limit);
        return new Marking.Set(text.value());
    }

    private void tagged(Span option, Text name, RuleDraft draft) {
        if (draft.tagged.isPresent()) {
            findings.add(RuleErrors.alreadyDefined("tagged", option));
        }
        checkMarking("tagged", name, Limits.TAG);
        draft.tagged = Optional.of(name.value());
    }

    // An empty tagged is called an invalid tag.
    private void checkMarking(String what, Text text, int limit) {
        if (text.value().isEmpty()) {
            findings.add(RuleErrors.invalidMarking(what.equals("tagged") ? "tag" : what, text));
        } else if (Limits.exceeds(text.value(), limit)) {
            findings.add(RuleErrors.markingTooLong(what, text, limit));
        }
    }

    private Marking clear(String what, boolean seen, Span option) {
        if (!seen) {
            findings.add(RuleErrors.nothingToClear(what, option));
        }
        return new Marking.Clear();
    }

    private List<Rule> alone(RuleDraft draft) {
        Optional<RuleDraft.Written> foreign = foreignToResponses(draft);
        if (foreign.isPresent()) {
            findings.add(RuleErrors.responseEntity(draft.rule.span(), foreign.get().condition().type(),
                    foreign.get().span()));
            return List.of();
        }
        Rule rule = draft.finish();
        checkWritten(rule, draft);
        return List.of(rule);
    }

    /** What is written has one name, and is a field. */
    private void checkWritten(Rule rule, RuleDraft draft) {
        for (Rule.Condition condition : rule.conditions()) {
            if (writes(condition) && condition.key().isPresent()) {
                Rule.Match key = condition.key().get();
                Span place = draft.conditions.get(condition.type()).span();
                if (key.isLiteral()) {
                    new WrittenField(condition.type(), key.text(), condition.value().map(Rule.Match::text)).fault(place)
                            .ifPresent(findings::add);
                } else {
                    findings.add(RuleErrors.nameToWrite(place, condition.type(), key.text()));
                }
            }
        }
    }

    private static boolean writes(Rule.Condition condition) {
        boolean named = condition.type() == EntityType.HEADER || condition.type() == EntityType.COOKIE;
        return named && condition.option().isPresent() && switch (condition.option().get()) {
            case APPEND, SET -> true;
            case HASH, LOG, REMOVE, STRIP -> false;
        };
    }

    private List<Rule> ofFile(RuleDraft draft, Text path) {
        Optional<List<String>> keys = keyFiles.read(path.value());
        if (keys.isEmpty()) {
            findings.add(RuleErrors.unreadableFile(path));
            return List.of();
        }
        Optional<RuleDraft.Written> foreign = foreignToResponses(draft);
        if (foreign.isPresent() && !keys.get().isEmpty()) {
            findings.add(RuleErrors.responseEntityOfFile(path, foreign.get().condition().type(), foreign.get().span()));
            return List.of();
        }
        List<Rule> rules = new ArrayList<>(keys.get().size());
        for (String key : keys.get()) {
            Rule rule = draft.finish(path.value(), rules.size(), key);
            checkWritten(rule, draft);
            rules.add(rule);
        }
        return rules;
    }

    private static Optional<RuleDraft.Written> foreignToResponses(RuleDraft draft) {
        if (draft.direction() == Direction.REQUEST) {
            return Optional.empty();
        }
        return Stream.of(EntityType.PATH, EntityType.QUERY, EntityType.URL).map(draft.conditions::get)
                .filter(java.util.Objects::nonNull).findFirst();
    }
}
