package org.relayd.compiler.print;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Redirect.Listener;
import org.relayd.ir.config.Table;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.net.IpProtocol;
import org.relayd.ir.net.PortRange;

/** Writes redirections. relayd.conf(5): REDIRECTIONS. */
final class RedirectText {
    private final ConfText text;
    private final TableText tables;

    RedirectText(ConfText text, TableText tables) {
        this.text = text;
        this.tables = tables;
    }

    void redirect(Redirect redirect) {
        text.open("redirect " + text.quoted(redirect.name()));
        // Listeners are stored newest first; the first line gives the tables their port.
        List<Listener> inFileOrder = redirect.listeners().reversed();
        for (int i = 0; i < inFileOrder.size(); i++) {
            listen(inFileOrder.get(i), i == 0 && redirect.pflog());
        }
        forward(redirect, redirect.table());
        redirect.backup().ifPresent(backup -> forward(redirect, backup));
        redirect.tag().ifPresent(tag -> text.line((redirect.match() ? "match " : "") + "pftag " + text.quoted(tag)));
        if (redirect.sticky()) {
            text.line("sticky-address");
        }
        if (redirect.sessionTimeout().toSeconds() != 600) {
            text.line("session timeout " + redirect.sessionTimeout().toSeconds());
        }
        if (redirect.disabled()) {
            text.line("disable");
        }
        text.close();
    }

    private void listen(Listener listener, boolean pflog) {
        switch (listener) {
            case Listener(IpAddress address, IpProtocol protocol, PortRange ports, Optional<String> interfaceName)
                    -> text.line("listen on " + text.quoted(address.toString())
                            + (protocol.equals(IpProtocol.TCP) ? "" : " " + text.quoted(protocol.name())) + " port "
                            + ports + interfaceName.map(name -> " interface " + text.quoted(name)).orElse("")
                            + (pflog ? " pflog" : ""));
        }
    }

    private void forward(Redirect redirect, Table table) {
        String use = tables.use(table, Optional.empty(), redirect.mode(), redirect.key());
        text.line(table.routeInterface().map(name -> "route to " + use + " interface " + text.quoted(name))
                .orElse("forward to " + use));
    }
}
