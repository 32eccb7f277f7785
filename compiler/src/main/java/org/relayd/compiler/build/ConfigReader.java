package org.relayd.compiler.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.compiler.parse.ParserFacade;
import org.relayd.compiler.source.MacroExpander;
import org.relayd.compiler.source.MacroTable;
import org.relayd.compiler.source.ReadingOrder;
import org.relayd.compiler.source.SourceLoader;
import org.relayd.grammar.RelaydParser.StatementContext;
import org.relayd.ir.diagnostic.AdviceCode;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.parsed.Declaration;
import org.relayd.ir.parsed.ParsedConfig;
import org.relayd.ir.source.SourceText;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.Dialect;

/** Reads a configuration, from its text to {@link ParsedConfig}: the stages 2 to 4 in one call. */
public final class ConfigReader {
    private final Optional<Dialect> chosen;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Dialects dialects;
    private final Converters converters;
    private final GlobalBuilder globals;
    private final TableBuilder tables;
    private final RedirectBuilder redirects;
    private final RelayBuilder relays;
    private final ProtocolBuilder protocols;
    private final RouterBuilder routers;

    private ConfigReader(Optional<Dialect> chosen) {
        this.chosen = chosen;
        this.dialects = new Dialects(chosen, diagnostics);
        this.converters = new Converters(dialects);
        Layout layout = new Layout(diagnostics);
        this.globals = new GlobalBuilder(converters);
        this.tables = new TableBuilder(converters, layout);
        this.redirects = new RedirectBuilder(converters, layout, tables);
        this.relays = new RelayBuilder(converters, layout, tables, diagnostics);
        this.protocols = new ProtocolBuilder(converters, layout);
        this.routers = new RouterBuilder(converters, layout, tables);
    }

    /**
     * Reads a configuration.
     *
     * @param main
     *            the main file
     * @param loader
     *            reads included files
     * @param macros
     *            definitions of the command line
     * @param dialect
     *            the dialect to read it as; empty to accept both and to tell them apart by what the files use
     */
    public static ParsedSource read(SourceText main, SourceLoader loader, MacroTable macros,
            Optional<Dialect> dialect) {
        return new ConfigReader(dialect).read(main, loader, macros);
    }

    private ParsedSource read(SourceText main, SourceLoader loader, MacroTable macros) {
        ParserFacade parser = new ParserFacade(new MacroExpander(main, loader, macros, chosen, diagnostics),
                diagnostics);
        List<Declaration> declarations = new ArrayList<>();
        boolean faultyPreamble = false;
        for (Optional<StatementContext> next = parser.next(); next.isPresent(); next = parser.next()) {
            int before = diagnostics.size();
            dialects.beginStatement();
            Optional<Declaration> declaration = build(next.get());
            if (hasError(before)) {
                faultyPreamble |= parser.firstSection().isEmpty();
                parser.loseSection();
            } else if (declaration.isPresent()) {
                declarations.add(declaration.get());
            }
        }
        if (parser.unfinishedLine().isPresent() && !hasError(0) && chosen.orElse(Dialect.V5_1) == Dialect.V5_1) {
            Span end = parser.unfinishedLine().get();
            diagnostics.add(Diagnostic.at(AdviceCode.LAYOUT, end, "not portable: OpenBSD 5.1 wants a newline here")
                    .captioned("the last line is not ended"));
        }
        ParsedConfig config = new ParsedConfig(declarations, macros.definitions(), dialects.marks(),
                parser.firstSection(), parser.lostNames());
        List<Diagnostic> warnings = dialects.warnings(config.dialect(chosen));
        return new ParsedSource(config, ReadingOrder.merge(diagnostics, warnings), parser.statements(),
                faultyPreamble || parser.hasFaultyPreamble());
    }

    private boolean hasError(int from) {
        for (int at = from; at < diagnostics.size(); at++) {
            if (diagnostics.get(at).isError()) {
                return true;
            }
        }
        return false;
    }

    /** Builds a declaration; includes and macros were acted upon when they were read and leave none. */
    private Optional<Declaration> build(StatementContext statement) {
        if (statement.relay() != null) {
            return Optional.of(relays.build(statement.relay()));
        } else if (statement.protocol() != null) {
            return Optional.of(protocols.build(statement.protocol()));
        } else if (statement.table() != null) {
            return Optional.of(tables.build(statement.table()));
        } else if (statement.redirect() != null) {
            return Optional.of(redirects.build(statement.redirect()));
        } else if (statement.router() != null) {
            return Optional.of(routers.build(statement.router()));
        } else if (statement.globalSetting() != null) {
            return Optional.of(globals.build(statement.globalSetting()));
        } else if (statement.macroDefinition() != null) {
            converters.text(statement.macroDefinition().name(0));
            converters.text(statement.macroDefinition().name(1));
            return Optional.empty();
        } else if (statement.include() != null) {
            return Optional.empty();
        }
        throw Trees.unknown(statement);
    }
}
