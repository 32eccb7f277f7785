package org.relayd.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relayd.compiler.Compilation;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.compiler.json.JsonException;
import org.relayd.compiler.json.JsonReader;
import org.relayd.compiler.json.JsonValue;
import org.relayd.compiler.json.JsonValue.JsonArray;
import org.relayd.compiler.json.JsonValue.JsonObject;
import org.relayd.compiler.json.JsonValue.JsonString;
import org.relayd.compiler.lower.PfLowering;
import org.relayd.compiler.print.ModelPrinter;
import org.relayd.compiler.report.DiagnosticPrinter;
import org.relayd.compiler.report.DiagnosticStyle;
import org.relayd.ir.pf.PfPlan;

/**
 * How a case compares with the original.
 *
 * @param name
 *            the case
 * @param verdict
 *            what differs in accepting or refusing, empty if nothing does
 * @param model
 *            first difference of the models, empty if there is none or one of the two refuses
 * @param messages
 *            what differs in the messages, empty if nothing does
 * @param rules
 *            what differs in the pf rules, empty if nothing does or one of the two refuses
 */
record Comparison(String name, Optional<String> verdict, Optional<String> model, Optional<String> messages,
        Optional<String> rules) {

    static Comparison of(CorpusCase input, Description world) {
        Compilation ours = input.compile(world);
        Optional<String> verdict = ours.isAccepted() == input.accepted() ? Optional.empty()
                : Optional.of(input.accepted() ? "we refuse" : "we accept");
        Optional<String> model = ours.isAccepted() && input.accepted()
                ? difference("", input.model(), parse(ModelPrinter.print(ours.config().orElseThrow())))
                : Optional.empty();
        List<String> said = DiagnosticPrinter.print(ours.diagnostics(), DiagnosticStyle.CLASSIC, false).lines()
                .toList();
        Optional<String> messages = said.equals(input.messages()) || input.crashes() ? Optional.empty()
                : Optional.of("original " + input.messages() + " ours " + said);
        Optional<String> rules = input.accepted()
                ? ours.config().flatMap(config -> rules(input, new PfLowering(world.routingDomain()).lower(config)))
                : Optional.empty();
        return new Comparison(input.name(), verdict, model, messages, rules);
    }

    private static Optional<String> rules(CorpusCase input, PfPlan filter) {
        List<String> ours = PfFields.of(filter);
        return ours.equals(input.rules()) ? Optional.empty()
                : Optional.of("original " + input.rules() + " ours " + ours);
    }

    private static JsonValue parse(String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonException fault) {
            throw new AssertionError("the model is no JSON", fault);
        }
    }

    // Ours may have more members.
    private static Optional<String> difference(String path, JsonValue original, JsonValue ours) {
        if (original instanceof JsonObject a && ours instanceof JsonObject b) {
            for (Map.Entry<String, JsonValue> member : a.map().entrySet()) {
                JsonValue other = b.map().get(member.getKey());
                if (other == null) {
                    return Optional.of(path + "." + member.getKey() + " is missing");
                }
                Optional<String> found = difference(path + "." + member.getKey(), member.getValue(), other);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        if (original instanceof JsonArray(List<JsonValue> a) && ours instanceof JsonArray(List<JsonValue> b)) {
            return path.endsWith(".tls.versions") ? same(path, a, withoutNewest(b)) : elements(path, a, b);
        }
        return same(path, original, ours);
    }

    private static Optional<String> elements(String path, List<JsonValue> a, List<JsonValue> b) {
        if (a.size() != b.size()) {
            return Optional.of(path + " has " + a.size() + " elements, ours " + b.size());
        }
        for (int at = 0; at < a.size(); at++) {
            Optional<String> found = difference(path + "[" + at + "]", a.get(at), b.get(at));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    // The original is of 2019 and has no TLS 1.3; what 5.1 calls TLS stands here beside the versions that it brings.
    private static List<JsonValue> withoutNewest(List<JsonValue> versions) {
        List<JsonValue> old = new ArrayList<>(versions);
        old.remove(new JsonString("tlsv1.3"));
        if (old.contains(new JsonString("tlsv1"))) {
            old.removeAll(List.of(new JsonString("tlsv1.0"), new JsonString("tlsv1.1")));
        }
        return old;
    }

    private static Optional<String> same(String path, Object a, Object b) {
        return a.equals(b) ? Optional.empty() : Optional.of(path + " is " + a + ", ours " + b);
    }
}
