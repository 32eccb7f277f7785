package org.relayd.main.bundle;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.relayd.ir.config.Host;
import org.relayd.ir.config.Redirect;
import org.relayd.ir.config.Router;
import org.relayd.ir.config.Table;
import org.relayd.ir.plan.Plan;
import org.relayd.ir.plan.RelayPath;
import org.relayd.ir.plan.TlsFiles;

/**
 * Tells plans from each other, in every process alike, by what two processes say about them: numbers, with the names,
 * addresses, ports and files that each process takes them for. Against accidents, such as programs of two builds, and
 * not against attackers.
 *
 * <p>
 * Not the text of the whole plan: that of its many records would take a tenth of a second at the start.
 *
 * @param checksum
 *            CRC-32C of these
 * @param length
 *            of their text
 */
public record PlanPrint(int checksum, int length) {

    /** Returns that of a plan. */
    public static PlanPrint of(Plan plan) {
        byte[] text = new Text().plan(plan).getBytes(StandardCharsets.UTF_8);
        CRC32C checksum = new CRC32C();
        checksum.update(text);
        return new PlanPrint((int) checksum.getValue(), text.length);
    }

    /** Writes words, each after a blank, and things, each on its line. */
    private static final class Text {
        private final StringBuilder text = new StringBuilder(1024);

        private void words(Object... words) {
            for (Object word : words) {
                text.append(' ').append(word);
            }
        }

        private void line(String kind, Object... words) {
            text.append('\n').append(kind);
            words(words);
        }

        String plan(Plan plan) {
            plan.health().tables().forEach(this::table);
            plan.redirects().redirects().forEach(this::redirect);
            plan.relays().paths().forEach(this::relay);
            plan.routes().routers().forEach(this::router);
            line("socket", plan.globals().controlSocket().orElse(""));
            return text.toString();
        }

        private void table(Table table) {
            line("table", table.id(), table.name(), table.port(), table.demoteGroup().orElse(""));
            for (Host host : table.hosts()) {
                line("host", host.id(), host.name(), host.address());
            }
        }

        private void redirect(Redirect redirect) {
            line("redirect", redirect.id(), redirect.name(), redirect.table().id());
            redirect.backup().ifPresent(backup -> words(backup.id()));
            redirect.listeners().forEach(listener -> words(listener.address(), listener.ports()));
        }

        private void relay(RelayPath path) {
            line("relay", path.id(), path.name(), path.listen().address(), path.listen().port());
            path.select().tables().forEach(use -> words(use.table().id()));
            TlsFiles files = TlsFiles.of(path);
            files.known().forEach(this::words);
            files.keys().forEach(this::words);
            files.authority().ifPresent(this::words);
        }

        private void router(Router router) {
            line("router", router.id(), router.name(), router.rtable());
            router.routes().forEach(route -> words(route.id(), route.destination()));
        }
    }
}
