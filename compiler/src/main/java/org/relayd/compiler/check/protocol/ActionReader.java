package org.relayd.compiler.check.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.relayd.compiler.check.state.Findings;
import org.relayd.ir.config.Action;
import org.relayd.ir.config.Digest;
import org.relayd.ir.parsed.ActionDeclaration;
import org.relayd.ir.parsed.ActionDeclaration.Subject;
import org.relayd.ir.parsed.Count;
import org.relayd.ir.parsed.ProtocolOption.LabelLine;
import org.relayd.ir.parsed.Text;
import org.relayd.ir.source.Span;
import org.relayd.ir.term.ActionKind;
import org.relayd.ir.term.DigestAlgorithm;
import org.relayd.ir.term.EntityType;

/** Reads the actions of one protocol after the other. relayd.conf(5) of 5.1: PROTOCOLS. */
final class ActionReader {
    /** The manual's limit; the original refuses the last one. */
    private static final int HIGHEST_MARK = 65535;

    private final KeyFileReader keyFiles;
    private final Findings findings;
    private Optional<String> label = Optional.empty();
    private Optional<Span> labelLine = Optional.empty();
    /** A label that an earlier protocol did not end, until it is mentioned or replaced. */
    private Optional<Span> leaked = Optional.empty();

    ActionReader(KeyFileReader keyFiles, Findings findings) {
        this.keyFiles = keyFiles;
        this.findings = findings;
    }

    /** Begins a protocol. Labels end with their protocol; in OpenBSD they do not. */
    void begin() {
        leaked = labelLine.or(() -> leaked);
        label = Optional.empty();
        labelLine = Optional.empty();
    }

    /** Reads a label, which holds for the actions below it. */
    void label(LabelLine line) {
        if (line.label().isPresent() && line.label().get().value().isEmpty()) {
            findings.add(ActionErrors.emptyLabel(line.label().get().span()));
        }
        label = line.label().map(Text::value);
        labelLine = line.label().map(_ -> line.span());
        leaked = Optional.empty();
    }

    /** Returns the actions of a line: one, or one for each key of a file. */
    List<Action> read(ActionDeclaration action) {
        leaked.ifPresent(line -> findings.add(ProtocolErrors.leakingLabel(action.span(), line)));
        leaked = Optional.empty();
        checkMark(action.mark());
        checkMark(action.marked());
        if (action.mark().isPresent() && action.marked().isPresent()) {
            findings.add(ActionErrors.markOverwritten(action.marked().get(), action.mark().get()));
        }
        return switch (action.subject()) {
            case Subject.Key(Text key) -> List.of(action(action, key.value(), Optional.empty()));
            case Subject.Digest(Text digest) -> List.of(action(action, digest.value(), digest(action.type(), digest)));
            case Subject.KeyFile(Text path) -> ofFile(action, path);
        };
    }

    private void checkMark(Optional<Count> mark) {
        if (mark.isPresent() && (mark.get().value() < 1 || mark.get().value() > HIGHEST_MARK)) {
            findings.add(ActionErrors.invalidMark(mark.get()));
        } else if (mark.isPresent() && mark.get().value() == HIGHEST_MARK) {
            findings.add(ActionErrors.highestMark(mark.get()));
        }
    }

    private Optional<DigestAlgorithm> digest(EntityType type, Text text) {
        Optional<Digest> digest = Digest.of(text.value());
        if (type != EntityType.URL) {
            findings.add(ActionErrors.digestType(text));
        } else if (digest.isEmpty()) {
            findings.add(ActionErrors.invalidDigest(text));
        } else if (!digest.get().isHexadecimal()) {
            findings.add(ActionErrors.digestOfNothing(text));
        }
        return digest.map(Digest::algorithm);
    }

    private List<Action> ofFile(ActionDeclaration action, Text path) {
        Optional<List<String>> keys = keyFiles.read(path.value());
        if (keys.isEmpty()) {
            findings.add(ActionErrors.keyFile(path));
            return List.of();
        }
        List<Action> actions = new ArrayList<>(keys.get().size());
        for (String key : keys.get()) {
            actions.add(action(action, key, Optional.empty()));
        }
        return actions;
    }

    private Action action(ActionDeclaration line, String key, Optional<DigestAlgorithm> digest) {
        OptionalInt marked = number(line.marked());
        // No target takes a field without a name, but files that write one are valid in dialect 5.1.
        if (writes(line) && !key.isEmpty()) {
            new WrittenField(line.type(), key, value(line)).fault(line.subject().text().span())
                    .ifPresent(findings::add);
        }
        boolean setsMark = line.kind() == ActionKind.MARK;
        OptionalInt mark = setsMark && marked.isPresent() ? marked : number(line.mark());
        return new Action(line.direction(), line.type(), line.kind(), key, digest, value(line), mark,
                setsMark ? OptionalInt.empty() : marked, line.log() || line.kind() == ActionKind.LOG, label);
    }

    private static boolean writes(ActionDeclaration line) {
        boolean named = line.type() == EntityType.HEADER || line.type() == EntityType.COOKIE;
        return named && switch (line.kind()) {
            case APPEND, CHANGE -> true;
            case EXPECT, FILTER, HASH, LOG, MARK, REMOVE -> false;
        };
    }

    private static OptionalInt number(Optional<Count> count) {
        return count.map(number -> OptionalInt.of((int) number.value())).orElse(OptionalInt.empty());
    }

    private static Optional<String> value(ActionDeclaration line) {
        return switch (line.kind()) {
            case EXPECT, FILTER, MARK -> line.value().map(Text::value).or(() -> Optional.of("*"));
            case APPEND, CHANGE -> line.value().map(Text::value);
            case REMOVE, HASH, LOG -> Optional.empty();
        };
    }
}
