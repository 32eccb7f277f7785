package org.relayd.compiler.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relayd.compiler.certificate.CertificateFiles;
import org.relayd.compiler.check.lookup.Lookups;
import org.relayd.compiler.check.protocol.ProtocolChecker;
import org.relayd.compiler.check.protocol.Protocols;
import org.relayd.compiler.check.section.RedirectChecker;
import org.relayd.compiler.check.section.RelayChecker;
import org.relayd.compiler.check.section.RouterChecker;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.check.state.Extensions;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.GlobalsInEffect;
import org.relayd.compiler.check.table.TableChecker;
import org.relayd.compiler.check.table.TableUseChecker;
import org.relayd.compiler.check.table.TableUses;
import org.relayd.compiler.check.table.Tables;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.source.ReadingOrder;
import org.relayd.ir.config.CheckedConfig;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.NamedTable;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Relay;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.Rule;
import org.relayd.ir.parsed.Declaration;
import org.relayd.ir.parsed.GlobalSetting;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.ProtocolDeclaration;
import org.relayd.ir.parsed.RedirectDeclaration;
import org.relayd.ir.parsed.RelayDeclaration;
import org.relayd.ir.parsed.RouterDeclaration;
import org.relayd.ir.parsed.TableDeclaration;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/**
 * Checks a whole configuration, one statement after the other in the order of the file. Stage 5. What a statement means
 * can depend on all that stands above it and on nothing below, except for the comparisons at the end.
 */
public final class ConfigChecker {
    private final Dialect dialect;
    private final Findings findings;
    private final GlobalsInEffect globals;
    private final Extensions extensions;
    private final Tables tables;
    private final Protocols protocols;
    private final GlobalsChecker globalsChecker;
    private final TableChecker tableChecker;
    private final ProtocolChecker protocolChecker;
    private final RedirectChecker redirectChecker;
    private final RelayChecker relayChecker;
    private final RouterChecker routerChecker;

    /**
     * Prepares one check.
     *
     * @param dialect
     *            whose defaults, limits and words apply
     * @param environment
     *            the machine that the configuration is for
     * @param certificates
     *            what there is in its files of certificates and keys
     * @param policy
     *            whether it may use extensions
     * @param findings
     *            takes what is wrong
     */
    public ConfigChecker(Dialect dialect, Environment environment, CertificateFiles certificates,
            ExtensionPolicy policy, Findings findings) {
        this.dialect = dialect;
        this.findings = findings;
        this.globals = new GlobalsInEffect(dialect);
        this.extensions = new Extensions(policy, findings);
        this.tables = new Tables(dialect, findings);
        this.protocols = new Protocols(dialect);
        Lookups lookups = Lookups.in(environment, certificates, findings, dialect);
        TableUseChecker uses = new TableUseChecker(tables, globals, lookups, extensions, findings);
        this.globalsChecker = new GlobalsChecker(globals, extensions, findings, dialect);
        this.tableChecker = new TableChecker(tables, lookups.hosts(), globals, findings);
        this.protocolChecker = new ProtocolChecker(protocols, lookups, tables.templates(), extensions,
                findings);
        this.redirectChecker = new RedirectChecker(dialect, lookups, uses, findings);
        this.relayChecker = new RelayChecker(lookups, uses, protocols, findings);
        this.routerChecker = new RouterChecker(lookups.hosts(), uses, findings);
    }

    /** Returns the meaning of a configuration; empty if there were errors. */
    public Optional<CheckedConfig> check(ParsedConfig config) {
        Optional<Span> firstSection = config.firstSection();
        config.lost().tables().forEach(tables.templates()::refuse);
        config.lost().protocols().forEach(protocols.names()::refuse);
        extensions.begin(config);
        for (Declaration declaration : config.declarations()) {
            switch (declaration) {
                case GlobalSetting setting -> globalsChecker.check(setting, firstSection
                        .filter(section -> ReadingOrder.compare(section, setting.span()) < 0));
                case TableDeclaration table -> tableChecker.check(table);
                case ProtocolDeclaration protocol -> protocolChecker.check(protocol);
                case RedirectDeclaration redirect -> redirectChecker.check(redirect);
                case RelayDeclaration relay -> relayChecker.check(relay);
                case RouterDeclaration router -> routerChecker.check(router);
            }
        }
        new EndChecker(tables, protocols, globals, findings).check(hasActions());
        return !findings.hasErrors() ? Optional.of(finish()) : Optional.empty();
    }

    private boolean hasActions() {
        return redirectChecker.checked().iterator().hasNext() || !relayChecker.checked().isEmpty()
                || routerChecker.checked().iterator().hasNext();
    }

    private CheckedConfig finish() {
        TableUses.Finished finished = tables.uses().finish(globals.interval());
        List<Redirect> redirects = new ArrayList<>();
        redirectChecker.checked().forEach(draft -> redirects.add(draft.finish(finished)));
        List<Relay> relays = new ArrayList<>();
        relayChecker.checked().forEach(draft -> relays.addAll(draft.finish(finished)));
        List<Router> routers = new ArrayList<>();
        routerChecker.checked().forEach(draft -> routers.add(draft.finish(finished)));
        return new CheckedConfig(dialect, globals.settings(), finished.all(), namedTables(finished), redirects, relays,
                protocols.all(),
                routers);
    }

    private List<NamedTable> namedTables(TableUses.Finished finished) {
        Set<String> used = new HashSet<>();
        finished.all().forEach(table -> used.add(table.template()));
        List<NamedTable> named = new ArrayList<>();
        for (Protocol protocol : protocols.all()) {
            List<Rule> rules = switch (protocol.filter()) {
                case Filter.Rules(List<Rule> list) -> list;
                case Filter.Actions _ -> List.of();
            };
            rules.stream().flatMap(rule -> rule.forwardTo().stream()).filter(used::add)
                    .forEach(name -> named.add(tables.templates().find(name).orElseThrow().named()));
        }
        return named;
    }
}
