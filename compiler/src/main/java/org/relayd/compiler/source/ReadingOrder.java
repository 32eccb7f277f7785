package org.relayd.compiler.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.source.Origin;
import org.relayd.ir.source.Span;

/** The order in which places are read: an included file is read where its include statement stands. */
public final class ReadingOrder {
    private ReadingOrder() {}

    /** Compares two places; negative if the first is read earlier. */
    public static int compare(Span a, Span b) {
        List<Span> pathA = path(a);
        List<Span> pathB = path(b);
        int common = Math.min(pathA.size(), pathB.size());
        for (int at = 0; at < common; at++) {
            Span stepA = pathA.get(at);
            Span stepB = pathB.get(at);
            if (stepA.start() != stepB.start() || at == common - 1) {
                return stepA.start() != stepB.start() ? Integer.compare(stepA.start(), stepB.start())
                        : Integer.compare(pathA.size(), pathB.size());
            }
        }
        return 0;
    }

    /** Returns the places that lead to a place: the include statement in the main file first, the place itself last. */
    private static List<Span> path(Span span) {
        List<Span> path = new ArrayList<>();
        Span step = span.site();
        path.add(step);
        while (step.source().origin() instanceof Origin.Included included) {
            step = included.statement().site();
            path.addFirst(step);
        }
        return path;
    }

    /**
     * Joins the messages of two stages. Each list must be in the order in which its stage found them; a message without
     * a place stays in front of the one after it.
     */
    public static List<Diagnostic> merge(List<Diagnostic> first, List<Diagnostic> second) {
        List<Diagnostic> merged = new ArrayList<>(first.size() + second.size());
        int a = 0;
        int b = 0;
        while (a < first.size() && b < second.size()) {
            Optional<Span> placeA = nextPlace(first, a);
            Optional<Span> placeB = nextPlace(second, b);
            if (placeA.isEmpty() || (placeB.isPresent() && compare(placeB.get(), placeA.get()) < 0)) {
                b = take(second, b, merged);
            } else {
                a = take(first, a, merged);
            }
        }
        merged.addAll(first.subList(a, first.size()));
        merged.addAll(second.subList(b, second.size()));
        return merged;
    }

    private static Optional<Span> nextPlace(List<Diagnostic> list, int from) {
        for (int at = from; at < list.size(); at++) {
            if (list.get(at).primary().isPresent()) {
                return list.get(at).primary();
            }
        }
        return Optional.empty();
    }

    private static int take(List<Diagnostic> list, int from, List<Diagnostic> into) {
        int at = from;
        while (at < list.size()) {
            Diagnostic next = list.get(at++);
            into.add(next);
            if (next.primary().isPresent()) {
                break;
            }
        }
        return at;
    }
}
