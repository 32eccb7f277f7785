package org.relayd.compiler.report;

import java.util.List;
import java.util.Optional;
import org.relayd.ir.diagnostic.Audience;
import org.relayd.ir.diagnostic.Diagnostic;
import org.relayd.ir.diagnostic.Label;
import org.relayd.ir.json.JsonWriter;
import org.relayd.ir.source.Span;

/** A diagnostic for editors and scripts, as JSON on one line. The names of the members are a contract. */
final class JsonReport {
    private JsonReport() {}

    static String line(Diagnostic diagnostic) {
        JsonWriter json = JsonWriter.oneLine();
        json.beginObject();
        if (diagnostic.primary().isPresent()) {
            place(diagnostic.primary().get(), json);
        } else {
            json.member("file", Optional.empty()).member("line", Optional.empty()).member("column", Optional.empty());
        }
        json.member("severity", diagnostic.code().severity().word());
        json.member("code", diagnostic.code().id());
        json.member("message", diagnostic.message());
        if (!diagnostic.caption().isEmpty()) {
            json.member("caption", diagnostic.caption());
        }
        if (diagnostic.audience() == Audience.PROGRAMS) {
            json.member("consequence", true);
        }
        labels(diagnostic.labels(), json);
        if (!diagnostic.notes().isEmpty()) {
            json.name("notes").beginArray();
            diagnostic.notes().forEach(json::value);
            json.endArray();
        }
        diagnostic.help().ifPresent(help -> json.member("help", help));
        diagnostic.primary().ifPresent(span -> trail(Trail.of(span), json));
        json.endObject();
        return json.toString();
    }

    // Lines and columns from 1, columns in characters; the end is the column after the last character.
    private static void place(Span place, JsonWriter json) {
        Span site = place.site();
        json.member("file", site.source().name());
        json.member("line", site.line());
        json.member("column", site.column());
        json.member("endLine", site.source().lineOf(site.end()));
        json.member("endColumn", site.source().columnOf(site.end()));
    }

    private static void labels(List<Label> labels, JsonWriter json) {
        if (labels.isEmpty()) {
            return;
        }
        json.name("labels").beginArray();
        for (Label label : labels) {
            json.beginObject();
            place(label.span(), json);
            json.member("text", label.text());
            json.endObject();
        }
        json.endArray();
    }

    private static void trail(List<Trail.Step> steps, JsonWriter json) {
        if (steps.isEmpty()) {
            return;
        }
        json.name("trail").beginArray();
        for (Trail.Step step : steps) {
            json.beginObject();
            switch (step) {
                case Trail.Step.Expansion(String macro, Optional<Span> definition) -> {
                    json.member("macro", macro);
                    definition.ifPresent(span -> start(span, json));
                }
                case Trail.Step.Inclusion(Span statement) -> start(statement, json);
            }
            json.member("text", step.toString());
            json.endObject();
        }
        json.endArray();
    }

    private static void start(Span place, JsonWriter json) {
        Span site = place.site();
        json.member("file", site.source().name());
        json.member("line", site.line());
    }
}
