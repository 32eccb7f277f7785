package org.relayd.golden;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.relayd.compiler.CompilerOptions;
import org.relayd.compiler.check.state.ExtensionPolicy;
import org.relayd.compiler.environment.FileEnvironment.Description;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.term.Dialect;

/**
 * Everything outside its text that a case depends on, from the lines {@code #! name: value} of the text.
 *
 * @param options
 *            {@code dialect: 5.1}, {@code macro: NAME=VALUE} and {@code extensions: refused}
 * @param machine
 *            {@code dns: NAME ADDRESS...}, {@code iface: NAME ADDRESS...}, {@code group: NAME INTERFACE...},
 *            {@code rdomain: NUMBER} and {@code file: PATH [PART...]}, whose content does not matter without parts;
 *            without any file, certificates are not looked for; {@link CaseCertificates} says how they are made, and
 *            {@code time: TIME} when they should be good, unless it is {@link CaseCertificates#TIME}
 * @param down
 *            {@code down: HOST}, names of hosts that are taken as down
 * @param outputs
 *            {@code emit: KIND...}, what is compared beside messages and model
 * @param events
 *            {@code event: EVENT}, what happens, in this order: {@link KernelCalls}
 * @param says
 *            {@code says: TEXT}, parts of the messages that have no line; every error of this kind must be among them
 */
record World(CompilerOptions options, Description machine, Set<String> down, Set<Output> outputs,
        List<String> events, Set<String> says) {
    private static final String HEADER = "#! ";

    static World of(String text) {
        Reader reader = new Reader();
        text.lines().filter(line -> line.startsWith(HEADER)).map(line -> line.substring(HEADER.length()))
                .forEach(reader::read);
        return reader.world();
    }

    /** Gathers the lines. */
    private static final class Reader {
        private Optional<Dialect> dialect = Optional.empty();
        private final List<String> macros = new ArrayList<>();
        private ExtensionPolicy extensions = ExtensionPolicy.OPT_IN;
        private final Map<String, List<IpAddress>> hosts = new HashMap<>();
        private final SequencedMap<String, List<IpAddress>> interfaces = new LinkedHashMap<>();
        private final Map<String, List<String>> groups = new HashMap<>();
        private final Map<String, Optional<String>> files = new HashMap<>();
        private final CaseCertificates certificates = new CaseCertificates();
        private Instant time = CaseCertificates.TIME;
        private int routingDomain;
        private final Set<String> down = new LinkedHashSet<>();
        private final List<String> events = new ArrayList<>();
        private final Set<String> says = new LinkedHashSet<>();
        private final Set<Output> outputs = new LinkedHashSet<>(List.of(Output.ERR, Output.MODEL));

        void read(String line) {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                throw new IllegalArgumentException("no value: " + HEADER + line);
            }
            String value = line.substring(colon + 2);
            List<String> words = List.of(value.split(" ", -1));
            List<String> rest = words.subList(1, words.size());
            switch (line.substring(0, colon)) {
                case "dialect" -> dialect = Stream.of(Dialect.values()).filter(each -> each.word().equals(value))
                        .findFirst().or(() -> {
                            throw new IllegalArgumentException("no dialect: " + value);
                        });
                case "macro" -> macros.add(value);
                case "extensions" -> extensions = ExtensionPolicy.valueOf(value.toUpperCase(Locale.ROOT));
                case "dns" -> hosts.put(words.getFirst(), addresses(rest));
                case "iface" -> interfaces.put(words.getFirst(), addresses(rest));
                case "group" -> groups.put(words.getFirst(), rest);
                case "rdomain" -> routingDomain = Integer.parseInt(value);
                case "certificate" -> certificates.make(words);
                case "time" -> time = Instant.parse(value);
                case "file" -> files.put(words.getFirst(),
                        rest.isEmpty() ? Optional.empty() : Optional.of(certificates.text(rest)));
                case "down" -> down.add(value);
                case "event" -> {
                    outputs.add(Output.CALLS);
                    events.add(value);
                }
                case "says" -> says.add(value);
                case "emit" -> words.forEach(word -> outputs.add(Output.of(word)));
                default -> throw new IllegalArgumentException("unknown: " + HEADER + line);
            }
        }

        private static List<IpAddress> addresses(List<String> texts) {
            return texts.stream().map(text -> IpAddress.parse(text).orElseThrow()).toList();
        }

        World world() {
            Description machine = new Description(hosts, interfaces, groups,
                    files.isEmpty() ? Optional.empty() : Optional.of(files), routingDomain, Optional.of(time));
            return new World(new CompilerOptions(dialect, macros, extensions), machine, down,
                    outputs, events, says);
        }
    }
}
