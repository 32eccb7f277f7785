package org.relayd.compiler.check.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.lookup.Lookups;
import org.relayd.compiler.check.state.Extensions;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.Limits;
import org.relayd.compiler.check.state.Names;
import org.relayd.compiler.check.table.TableTemplate;
import org.relayd.ir.config.AccessLog;
import org.relayd.ir.config.Action;
import org.relayd.ir.config.Filter;
import org.relayd.ir.config.Protocol;
import org.relayd.ir.config.Protocol.ErrorPages;
import org.relayd.ir.config.Protocol.HttpSettings;
import org.relayd.ir.config.ProtocolId;
import org.relayd.ir.config.Rule;
import org.relayd.ir.parsed.ActionDeclaration;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.HttpSetting;
import org.relayd.ir.parsed.ProtocolDeclaration;
import org.relayd.ir.parsed.ProtocolOption;
import org.relayd.ir.parsed.RuleDeclaration;
import org.relayd.ir.parsed.TcpSetting;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.parsed.TlsSetting;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;
import org.relayd.ir.term.ProtocolType;
import org.relayd.ir.term.Word;

/** Checks protocols. relayd.conf(5): PROTOCOLS. */
public final class ProtocolChecker {
    private static final int LONGEST_HEADER = 131072;

    private final Dialect dialect;
    private final Protocols protocols;
    private final Findings findings;
    private final TlsReader tls;
    private final ActionReader actions;
    private final RuleReader rules;
    private final AccessLogReader accessLogs;
    private int lastId;

    /**
     * @param protocols
     *            takes the protocols
     * @param lookups
     *            addresses and files
     * @param tables
     *            tables defined above, which rules can forward to
     * @param extensions
     *            whether the file may use them
     * @param findings
     *            takes what is wrong
     */
    public ProtocolChecker(Protocols protocols, Lookups lookups, Names<TableTemplate> tables, Extensions extensions,
            Findings findings) {
        this.dialect = protocols.dialect();
        this.protocols = protocols;
        this.findings = findings;
        this.tls = new TlsReader(dialect, findings);
        KeyFileReader keyFiles = new KeyFileReader(lookups.environment());
        this.actions = new ActionReader(keyFiles, findings);
        this.rules = new RuleReader(lookups.hosts(), keyFiles, tables, findings);
        this.accessLogs = new AccessLogReader(extensions, findings);
    }

    /** Checks a protocol and defines its name, or marks it as refused. */
    public void check(ProtocolDeclaration protocol) {
        Findings.Statement statement = findings.begin();
        ProtocolId id = new ProtocolId(++lastId);
        Text name = protocol.name();
        checkName(name);
        Draft draft = new Draft(type(protocol.type()), dialect, findings);
        actions.begin();
        accessLogs.begin();
        for (ProtocolOption option : protocol.options()) {
            read(option, draft);
        }
        tls.finish(draft.tls, protocol.closing());
        if (statement.isRefused()) {
            protocols.names().refuse(name.value());
        } else {
            protocols.places(name.value(), draft.tls.places());
            protocols.names().define(name.value(), name.span(), draft.finish(id, name.value()));
        }
    }

    private void checkName(Text name) {
        Optional<Span> first = protocols.names().place(name.value());
        if (Limits.exceeds(name.value(), Limits.PROTOCOL_NAME)) {
            findings.add(ProtocolErrors.nameTooLong(name));
        } else if (name.value().equals(Protocols.BUILT_IN)) {
            findings.add(ProtocolErrors.builtIn(name));
        } else if (first.isPresent()) {
            findings.add(ProtocolErrors.definedTwice(name, first.get()));
        }
    }

    private ProtocolType type(Optional<Text> word) {
        Optional<ProtocolType> type = word.flatMap(text -> Word.of(ProtocolType.values(), text.value()));
        if (word.isPresent() && type.isEmpty()) {
            findings.add(ProtocolErrors.invalidType(word.get()));
        }
        return type.orElse(ProtocolType.TCP);
    }

    private void read(ProtocolOption option, Draft draft) {
        switch (option) {
            case TlsSetting setting -> {
                if (isNotDns(setting.span(), "tls", draft)) {
                    tls.read(setting, draft.tls);
                }
            }
            case TcpSetting setting -> {
                if (isNotDns(setting.span(), "tcp", draft)) {
                    draft.tcp.read(setting);
                }
            }
            case HttpSetting setting -> http(setting, draft);
            case ProtocolOption.ReturnError(Span _, List<Text> styles) -> {
                draft.errorPages = true;
                styles.forEach(style -> draft.style = Optional.of(style.value()));
            }
            case ProtocolOption.AccessLog log
                    -> draft.accessLog = accessLogs.read(log, draft.type).or(() -> draft.accessLog);
            case ProtocolOption.LabelLine label -> {
                draft.noteAction(label.span());
                actions.label(label);
            }
            case ActionDeclaration action -> {
                draft.noteAction(action.span());
                draft.actions.addAll(actions.read(action));
            }
            case RuleDeclaration rule -> {
                draft.noteRule(rule.span());
                draft.rules.addAll(rules.read(rule));
            }
        }
    }

    // Releases before 2020 take these settings in silence, as does 5.1.
    private boolean isNotDns(Span setting, String settings, Draft draft) {
        if (draft.type != ProtocolType.DNS) {
            return true;
        }
        findings.add(switch (dialect) {
            case CURRENT -> ProtocolErrors.notInDns(setting, settings);
            case V5_1 -> ProtocolErrors.withoutEffectInDns(setting);
        });
        return dialect == Dialect.V5_1;
    }

    private void http(HttpSetting setting, Draft draft) {
        if (draft.type != ProtocolType.HTTP) {
            findings.add(ProtocolErrors.httpOnly(setting.span()));
            return;
        }
        switch (setting) {
            case HttpSetting.HeaderLength(Span _, Count bytes) -> {
                if (bytes.value() < 0 || bytes.value() > LONGEST_HEADER) {
                    findings.add(ProtocolErrors.headerLength(bytes));
                }
                draft.headerLength = (int) bytes.value();
            }
            case HttpSetting.Websockets(Span _, boolean enabled) -> draft.websockets = enabled;
        }
    }

    /** A protocol while its settings are read. */
    private static final class Draft {
        private final ProtocolType type;
        private final Dialect dialect;
        private final Findings findings;
        private final TlsDraft tls;
        private final TcpDraft tcp;
        private boolean errorPages;
        private Optional<String> style = Optional.empty();
        private int headerLength = HttpSettings.defaults().headerLength();
        private boolean websockets = HttpSettings.defaults().websockets();
        private Optional<AccessLog> accessLog = HttpSettings.defaults().accessLog();
        private final List<Action> actions = new ArrayList<>();
        private final List<Rule> rules = new ArrayList<>();
        private Optional<Span> firstAction = Optional.empty();
        private Optional<Span> firstRule = Optional.empty();

        Draft(ProtocolType type, Dialect dialect, Findings findings) {
            this.type = type;
            this.dialect = dialect;
            this.findings = findings;
            this.tls = new TlsDraft(dialect);
            this.tcp = new TcpDraft(dialect, findings);
        }

        void noteAction(Span line) {
            if (firstAction.isEmpty()) {
                firstRule.ifPresent(rule -> findings.add(ProtocolErrors.mixed(rule, line)));
                firstAction = Optional.of(line);
            }
        }

        void noteRule(Span line) {
            if (firstRule.isEmpty()) {
                firstAction.ifPresent(action -> findings.add(ProtocolErrors.mixed(line, action)));
                firstRule = Optional.of(line);
            }
        }

        Protocol finish(ProtocolId id, String name) {
            boolean hasActions = firstAction.isPresent() || (firstRule.isEmpty() && dialect == Dialect.V5_1);
            Filter filter = hasActions ? new Filter.Actions(actions) : new Filter.Rules(rules);
            return new Protocol(Optional.of(id), name, type,
                    errorPages ? Optional.of(new ErrorPages(style)) : Optional.empty(), tcp.finish(), tls.finish(),
                    new HttpSettings(headerLength, websockets, accessLog), filter);
        }
    }
}
