package org.relayd.compiler.lint;

import java.util.ArrayList;
import java.util.List;
import org.relayd.ir.parsed.Declaration;
import org.relayd.ir.parsed.GlobalSetting;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.parsed.ProtocolDeclaration;
import org.relayd.ir.parsed.RedirectDeclaration;
import org.relayd.ir.parsed.RelayDeclaration;
import org.relayd.ir.parsed.RouterDeclaration;
import org.relayd.ir.parsed.TableDeclaration;
import org.relayd.ir.parsed.TableUse;

/** The forward lines with tables of a configuration, in reading order. */
final class Uses {
    private Uses() {}

    static List<TableUse> of(ParsedConfig config) {
        List<TableUse> uses = new ArrayList<>();
        for (Declaration declaration : config.declarations()) {
            switch (declaration) {
                case RedirectDeclaration redirect -> redirect.options().forEach(option -> {
                    if (option instanceof RedirectDeclaration.Option.Forward forward) {
                        uses.add(forward.table());
                    }
                });
                case RelayDeclaration relay -> uses.addAll(of(relay));
                case RouterDeclaration router -> router.options().forEach(option -> {
                    if (option instanceof RouterDeclaration.Option.Forward forward) {
                        uses.add(forward.table());
                    }
                });
                case GlobalSetting _,TableDeclaration _,ProtocolDeclaration _ -> {
                    // These use no tables.
                }
            }
        }
        return uses;
    }

    static List<TableUse> of(RelayDeclaration relay) {
        List<TableUse> uses = new ArrayList<>();
        for (RelayDeclaration.Option option : relay.options()) {
            if (option instanceof RelayDeclaration.Option.Forward forward
                    && forward.target() instanceof RelayDeclaration.ForwardTarget.ToTable(TableUse use)) {
                uses.add(use);
            }
        }
        return uses;
    }

    /** Returns the declarations of one kind, in reading order. */
    static <T extends Declaration> List<T> all(ParsedConfig config, Class<T> kind) {
        List<T> found = new ArrayList<>();
        for (Declaration declaration : config.declarations()) {
            if (kind.isInstance(declaration)) {
                found.add(kind.cast(declaration));
            }
        }
        return found;
    }
}
