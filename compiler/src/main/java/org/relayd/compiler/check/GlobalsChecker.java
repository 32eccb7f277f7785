package org.relayd.compiler.check;

import java.util.Optional;
import org.relayd.compiler.check.state.Extensions;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.GlobalsInEffect;
import org.relayd.compiler.check.state.Limits;
import org.relayd.ir.config.GlobalSettings.ConnectionLog;
import org.relayd.ir.config.GlobalSettings.SnmpAgent;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.GlobalSetting;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/**
 * Checks global settings and puts them into effect. relayd.conf(5): GLOBAL CONFIGURATION.
 *
 * <p>Dialect 5.1 reads them above the first section only and skips the others without looking at their
 * values. The current dialect obeys them anywhere, for what stands below. Both obey {@code extensions}
 * anywhere, for the whole file.
 */
final class GlobalsChecker {
    private static final String AGENTX_PATH = "/var/agentx/master";
    private static final String SNMP_PATH = "/var/run/agentx.sock";

    private final GlobalsInEffect globals;
    private final Extensions extensions;
    private final Findings findings;
    private final Dialect dialect;

    GlobalsChecker(GlobalsInEffect globals, Extensions extensions, Findings findings, Dialect dialect) {
        this.globals = globals;
        this.extensions = extensions;
        this.findings = findings;
        this.dialect = dialect;
    }

    /**
     * Checks a setting.
     *
     * @param firstSection
     *            the first section of the file if the setting stands below it
     */
    void check(GlobalSetting setting, Optional<Span> firstSection) {
        if (firstSection.isPresent()) {
            if (dialect == Dialect.V5_1 && !(setting instanceof GlobalSetting.Extensions)) {
                findings.add(GlobalErrors.lateAndIgnored(setting.span(), firstSection));
                return;
            }
            warnOfLate(setting, firstSection);
        }
        Findings.Statement statement = findings.begin();
        apply(setting);
        if (firstSection.isEmpty() && statement.isRefused()) {
            findings.giveUp();
        }
    }

    private void warnOfLate(GlobalSetting setting, Optional<Span> firstSection) {
        switch (setting) {
            case GlobalSetting.Prefork(Span span, Count _)
                    -> findings.add(GlobalErrors.latePrefork(span, firstSection));
            case GlobalSetting.Interval(Span span, Count _) -> findings.add(GlobalErrors.late(span, firstSection));
            case GlobalSetting.Timeout(Span span, Count _) -> findings.add(GlobalErrors.late(span, firstSection));
            case GlobalSetting.LogUpdates _,GlobalSetting.LogStateChanges _,GlobalSetting.LogHostChecks _,GlobalSetting.LogConnection _,GlobalSetting.SendTrap _,GlobalSetting.Snmp _,GlobalSetting.Agentx _,GlobalSetting.ControlSocket _,GlobalSetting.Extensions _ -> {
                // These mean the same wherever they stand.
            }
        }
    }

    private void apply(GlobalSetting setting) {
        switch (setting) {
            case GlobalSetting.Interval(Span span, Count seconds) -> {
                if (isNotNegative(seconds, GlobalErrors.invalidInterval(seconds))) {
                    globals.interval(seconds.value(), span);
                }
            }
            case GlobalSetting.Timeout(Span span, Count milliseconds) -> {
                if (isNotNegative(milliseconds, GlobalErrors.invalidTimeout(milliseconds))) {
                    globals.timeout(milliseconds.value(), span);
                }
            }
            case GlobalSetting.Prefork(Span _, Count processes) -> prefork(processes);
            case GlobalSetting.LogUpdates(Span _, boolean all) -> {
                globals.logStateChanges();
                // In dialect 5.1 the lines of sessions follow the updates, whatever the order of the file.
                if (dialect == Dialect.CURRENT) {
                    globals.logConnections(ConnectionLog.ALL);
                }
                if (all) {
                    globals.logHostChecks();
                }
            }
            case GlobalSetting.LogStateChanges _ -> globals.logStateChanges();
            case GlobalSetting.LogHostChecks _ -> globals.logHostChecks();
            case GlobalSetting.LogConnection(Span _, boolean errorsOnly)
                    -> globals.logConnections(errorsOnly ? ConnectionLog.ERRORS : ConnectionLog.ALL);
            case GlobalSetting.SendTrap _ -> globals.agent(new SnmpAgent(AGENTX_PATH, Optional.empty(), true));
            case GlobalSetting.Snmp(Span _, boolean trapsOnly, Optional<Text> path) -> {
                if (fits(path, "snmp path truncated", Limits.PATH)) {
                    globals.agent(new SnmpAgent(path.map(Text::value).orElse(SNMP_PATH), Optional.empty(), trapsOnly));
                }
            }
            case GlobalSetting.Agentx(Span _, Optional<Text> context, Optional<Text> path) -> {
                if (fits(context, "agentx context too long", Limits.SNMP_CONTEXT)
                        && fits(path, "agentx path too long", Limits.SOCKET_PATH)) {
                    globals.agent(new SnmpAgent(path.map(Text::value).orElse(AGENTX_PATH), context.map(Text::value),
                            false));
                }
            }
            case GlobalSetting.ControlSocket(Span _, Text path) -> {
                if (fits(Optional.of(path), "socket path too long", Limits.CONTROL_SOCKET_PATH)) {
                    globals.controlSocket(path.value());
                }
            }
            case GlobalSetting.Extensions(Span span, Text state) -> {
                if (state.value().equals(Extensions.ON)) {
                    extensions.use(span, "extensions on");
                } else {
                    findings.add(GlobalErrors.invalidExtensions(state));
                }
            }
        }
    }

    private void prefork(Count processes) {
        if (processes.value() < 1 || processes.value() > 32) {
            findings.add(GlobalErrors.invalidPrefork(processes));
        } else {
            globals.prefork((int) processes.value());
        }
    }

    private boolean isNotNegative(Count count, Diagnostic otherwise) {
        if (count.value() < 0) {
            findings.add(otherwise);
        }
        return count.value() >= 0;
    }

    private boolean fits(Optional<Text> text, String message, int limit) {
        if (text.isPresent() && Limits.exceeds(text.get().value(), limit)) {
            findings.add(GlobalErrors.tooLong(text.get(), message, limit));
            return false;
        }
        return true;
    }
}
