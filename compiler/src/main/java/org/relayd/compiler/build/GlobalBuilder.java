package org.relayd.compiler.build;

import static org.relayd.compiler.build.Converters.count;
import static org.relayd.compiler.build.Converters.first;
import static org.relayd.compiler.build.Converters.last;
import static org.relayd.compiler.build.Converters.span;

import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.relayd.grammar.RelaydParser.*;
import org.relayd.ir.parsed.GlobalSetting;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/** Builds global settings. relayd.conf(5): GLOBAL CONFIGURATION. */
final class GlobalBuilder {
    private final Converters converters;

    GlobalBuilder(Converters converters) {
        this.converters = converters;
    }

    GlobalSetting build(GlobalSettingContext setting) {
        Span span = span(setting);
        return switch (setting) {
            case GlobalIntervalContext interval -> new GlobalSetting.Interval(span, count(interval.NUMBER()));
            case GlobalTimeoutContext timeout -> new GlobalSetting.Timeout(span, count(timeout.NUMBER()));
            case GlobalPreforkContext prefork -> new GlobalSetting.Prefork(span, count(prefork.NUMBER()));
            case GlobalLoggingContext logging -> logging(span, logging.globalLog());
            case GlobalSendTrapContext trap -> {
                only(Dialect.V5_1, "send trap", trap, "agentx");
                yield new GlobalSetting.SendTrap(span);
            }
            case GlobalSnmpContext snmp
                    -> new GlobalSetting.Snmp(span, snmp.TRAP() != null, converters.optionalText(snmp.name()));
            case GlobalAgentxContext agentx -> {
                only(Dialect.CURRENT, "agentx", agentx, "send trap");
                yield agentx(span, agentx);
            }
            case GlobalSocketContext socket -> {
                only(Dialect.CURRENT, "socket", socket);
                yield new GlobalSetting.ControlSocket(span, converters.text(socket.name()));
            }
            case GlobalExtensionsContext extensions
                    -> new GlobalSetting.Extensions(span, Converters.text(last(extensions)));
            default -> throw Trees.unknown(setting);
        };
    }

    private GlobalSetting logging(Span span, GlobalLogContext log) {
        return switch (log) {
            case LogUpdatesContext _ -> new GlobalSetting.LogUpdates(span, false);
            case LogAllContext _ -> new GlobalSetting.LogUpdates(span, true);
            case LogStateChangesContext changes -> {
                only(Dialect.CURRENT, "log state changes", changes, "log updates");
                yield new GlobalSetting.LogStateChanges(span);
            }
            case LogHostChecksContext checks -> {
                only(Dialect.CURRENT, "log host checks", checks, "log all");
                yield new GlobalSetting.LogHostChecks(span);
            }
            case LogConnectionContext connection -> {
                only(Dialect.CURRENT, "log connection", connection);
                yield new GlobalSetting.LogConnection(span, connection.ERRORS() != null);
            }
            default -> throw Trees.unknown(log);
        };
    }

    private GlobalSetting agentx(Span span, GlobalAgentxContext agentx) {
        Optional<Text> context = agentx.CONTEXT() == null ? Optional.empty()
                : Optional.of(converters.text(agentx.name(0)));
        Optional<Text> path = agentx.PATH() == null ? Optional.empty()
                : Optional.of(converters.text(agentx.name(agentx.name().size() - 1)));
        return new GlobalSetting.Agentx(span, context, path);
    }

    private void only(Dialect dialect, String construct, ParserRuleContext at) {
        only(dialect, construct, at, "");
    }

    private void only(Dialect dialect, String construct, ParserRuleContext at, String instead) {
        converters.dialects().only(dialect, construct, first(at), instead);
    }
}
