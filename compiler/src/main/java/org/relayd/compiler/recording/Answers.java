package org.relayd.compiler.recording;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Questions with their answers, in the order in which they were asked first. Does not change. */
public final class Answers {
    private final Map<Question<?>, Object> answers;

    private Answers(Map<Question<?>, Object> answers) {
        this.answers = answers;
    }

    /** Returns the questions in their order. */
    public Set<Question<?>> questions() {
        return answers.keySet();
    }

    /** Returns the answer to a question; empty if it was not asked. */
    @SuppressWarnings("unchecked") // only Builder.put makes entries, where the two fit
    public <A> Optional<A> answer(Question<A> question) {
        return Optional.ofNullable((A) answers.get(question));
    }

    /** Returns the same with other contents of files. */
    public Answers withContents(UnaryOperator<Content> change) {
        Builder changed = new Builder();
        for (Question<?> question : answers.keySet()) {
            if (question instanceof Question.Read read) {
                changed.put(read, change.apply(answer(read).orElseThrow()));
            } else {
                changed.answers.put(question, answers.get(question));
            }
        }
        return changed.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answers all && answers.equals(all.answers);
    }

    @Override
    public int hashCode() {
        return answers.hashCode();
    }

    /** Returns the questions, without the answers. */
    @Override
    public String toString() {
        return "Answers to " + answers.keySet();
    }

    /** Gathers questions and answers. One thread at a time. */
    public static final class Builder {
        private final Map<Question<?>, Object> answers = new LinkedHashMap<>();

        /** Adds an answer, unless that question has one: what was said first stands. */
        public <A> void put(Question<A> question, A answer) {
            answers.putIfAbsent(question, answer);
        }

        /** Returns what was said already; empty if the question is new. */
        @SuppressWarnings("unchecked") // put has seen to it
        <A> Optional<A> answer(Question<A> question) {
            return Optional.ofNullable((A) answers.get(question));
        }

        /** Returns all of it. */
        public Answers build() {
            return new Answers(Collections.unmodifiableMap(new LinkedHashMap<>(answers)));
        }
    }
}
