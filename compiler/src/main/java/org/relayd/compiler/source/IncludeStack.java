package org.relayd.compiler.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.relayd.grammar.RelaydLexer;
import org.relayd.ir.source.SourceText;

/**
 * The files being read, the innermost last. OpenBSD knows no limit and no cycles: it runs out of descriptors. Here a
 * file that includes itself is found at once, and files nest {@value #DEEPEST} levels deep.
 */
final class IncludeStack {
    /** More files than anybody nests on purpose. */
    static final int DEEPEST = 100;

    private final List<OpenFile> files = new ArrayList<>();

    /** A file with the state of reading it. */
    static final class OpenFile {
        final SourceText source;
        final ReplayStream characters;
        private final PlainWords plain;
        /** Finds the words that are not plain; made when the first of them is met. */
        private Optional<RelaydLexer> lexer = Optional.empty();
        /** Whether the newline that stands for the end of the file was given out. */
        boolean ended;
        /** Whether a line that ends in CR LF was met. */
        boolean hasCarriageReturns;

        private OpenFile(SourceText source) {
            this.source = source;
            this.characters = new ReplayStream(source);
            this.plain = new PlainWords(characters);
        }

        /** Returns the next raw word. */
        SourceToken next() {
            int type = plain.find();
            return type == Token.INVALID_TYPE ? (SourceToken) lexer().nextToken() : plain.token(type);
        }

        private RelaydLexer lexer() {
            RelaydLexer used = lexer.orElseGet(this::newLexer);
            lexer = Optional.of(used);
            return used;
        }

        private RelaydLexer newLexer() {
            RelaydLexer made = new RelaydLexer(characters);
            made.removeErrorListeners();
            made.setTokenFactory(new Tokens(characters));
            return made;
        }

        /** Puts the value of a macro in front of what is read next, see {@link ReplayStream#replay}. */
        void replay(SourceText value, int reference) {
            characters.replay(value, reference);
            // The lexer remembers that it saw the end of the file after the reference; now there is more.
            lexer.ifPresent(reader -> reader._hitEOF = false);
        }
    }

    void push(SourceText source) {
        files.add(new OpenFile(source));
    }

    /** Leaves the innermost file. */
    void pop() {
        files.removeLast();
    }

    OpenFile innermost() {
        return files.getLast();
    }

    int depth() {
        return files.size();
    }

    /** Returns whether a file of this name is being read. */
    boolean isOpen(String name) {
        for (OpenFile file : files) {
            if (file.source.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the names of the open files, the outermost first. */
    List<String> names() {
        List<String> names = new ArrayList<>(files.size());
        for (OpenFile file : files) {
            names.add(file.source.name());
        }
        return names;
    }
}
