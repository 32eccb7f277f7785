package org.relayd.compiler.recording;

/** A compilation asks what the recorded one did not ask: it is another compiler, or one with a fault. */
public final class UnrecordedQuestionException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    UnrecordedQuestionException(Question<?> question) {
        super("a question that was not recorded: " + question);
    }
}
