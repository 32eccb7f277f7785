package org.relayd.compiler.source;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenFactory;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.misc.Pair;

/** Lets the generated lexer make our tokens. */
final class Tokens implements TokenFactory<SourceToken> {
    private final ReplayStream characters;

    Tokens(ReplayStream characters) {
        this.characters = characters;
    }

    @Override
    public SourceToken create(Pair<TokenSource, CharStream> source, int type, String text, int channel, int start,
            int stop, int line, int column) {
        return type == Token.EOF ? characters.endToken(type) : characters.token(type, start, stop);
    }

    @Override
    public SourceToken create(int type, String text) {
        return characters.endToken(type);
    }
}
