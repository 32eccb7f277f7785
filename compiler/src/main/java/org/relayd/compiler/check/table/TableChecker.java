package org.relayd.compiler.check.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.check.lookup.Hosts;
import org.relayd.compiler.check.state.Findings;
import org.relayd.compiler.check.state.GlobalsInEffect;
import org.relayd.compiler.check.state.Limits;
import org.relayd.compiler.check.state.Names;
import org.relayd.compiler.check.table.TableTemplate.HostTemplate;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.parsed.TableDeclaration;
import org.relayd.ir.parsed.TableDeclaration.HostEntry;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;

/** Checks table definitions. relayd.conf(5): TABLES. */
public final class TableChecker {
    private final Tables tables;
    private final Hosts hosts;
    private final GlobalsInEffect globals;
    private final Findings findings;

    /**
     * @param tables
     *            takes the definitions
     * @param hosts
     *            finds addresses
     * @param globals
     *            give the default timeout
     * @param findings
     *            takes what is wrong
     */
    public TableChecker(Tables tables, Hosts hosts, GlobalsInEffect globals, Findings findings) {
        this.tables = tables;
        this.hosts = hosts;
        this.globals = globals;
        this.findings = findings;
    }

    /** Checks a definition and defines its name, or marks it as refused. */
    public void check(TableDeclaration table) {
        Findings.Statement statement = findings.begin();
        tables.scheduling().beginTable();
        checkName(table.name());
        List<HostTemplate> members = new ArrayList<>(table.hosts().size());
        for (HostEntry host : table.hosts()) {
            checkHost(host).ifPresent(members::add);
        }
        if (table.hosts().isEmpty()) {
            findings.add(TableErrors.withoutHosts(table.name(), end(table.span())));
        }
        Names<TableTemplate> names = tables.templates();
        String name = table.name().value();
        if (!statement.isRefused()) {
            names.define(name, table.name().span(),
                    new TableTemplate(table.name(), table.disabled(), globals.timeout(), members));
        } else {
            names.refuse(name);
        }
    }

    private void checkName(Text name) {
        if (Limits.exceeds(name.value(), Limits.TABLE_NAME)) {
            findings.add(TableErrors.nameTooLong(name));
            return;
        }
        Optional<Span> first = tables.templates().place(name.value()).or(() -> tables.uses().place(name.value()));
        if (first.isPresent()) {
            findings.add(TableErrors.definedTwice(name, first.get()));
        } else if (name.value().indexOf(':') >= 0) {
            findings.add(TableErrors.colonInName(name));
        }
    }

    private Optional<HostTemplate> checkHost(HostEntry host) {
        Text name = host.address();
        if (Limits.exceeds(name.value(), Limits.LONG_NAME)) {
            findings.add(TableErrors.hostNameTooLong(name));
            return Optional.empty();
        }
        Optional<IpAddress> address = hosts.one(name);
        if (address.isEmpty()) {
            findings.add(hosts.advised(TableErrors.invalidHost(name), name));
        }
        var options = HostOptionReader.read(host, findings);
        return address.map(found -> new HostTemplate(name.value(), found, options));
    }

    // The original notices at the end of the statement.
    private static Span end(Span statement) {
        return new Span(statement.source(), statement.end(), statement.end());
    }
}
