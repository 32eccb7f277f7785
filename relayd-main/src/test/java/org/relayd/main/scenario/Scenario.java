package org.relayd.main.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.relayd.ir.term.Dialect;
import org.relayd.runtime.SocketKind;

/**
 * A scenario file: comments that say what it shows, the configuration, a line {@code ---}, the script. The
 * configuration may use {@code {listen}}, {@code {target}} and {@code {other}} for ports; if it uses {@code {splice}}
 * the scenario runs twice, with {@code splice} and {@code no splice} in its place. A line {@code #! dialect 5.1} forces
 * the dialect, {@code #! both dialects} runs the scenario in each. {@code #! file NAME OCTETS} makes a file, in the
 * folder {@code {folder}}; {@code #! certificate NAME NAMES} one of {@code /etc/ssl} and its key, for names that commas
 * part. Scenarios of the section {@code tls} run on both kinds of sockets.
 *
 * @param name
 *            SECTION/NAME
 * @param dialects
 *            the dialects that are forced; empty if the configuration decides
 * @param sockets
 *            the kind of sockets of the relays
 */
record Scenario(String name, List<Dialect> dialects, SocketKind sockets, String configuration, List<String> script) {
    private static final Pattern LINE = Pattern
            .compile(
                    "(\\w+) (>|<|~|ends|resets|opens|sees end|sees reset|sees cut|sees alert|is at|refuses|secures|is refused"
                            + "|is shown|is asked for|hears hello|cuts off)(?: (.*))?");

    private static final Pattern QUERY = Pattern.compile("(\\w+) < " + Pattern.quote(Datagrams.ID) + "(.*)");
    private static final String FILE = "#! file ";
    private static final String CERTIFICATE = "#! certificate ";

    static Scenario read(Path folder, Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int cut = lines.indexOf("---");
        if (cut < 0 || !lines.getFirst().startsWith("# ")) {
            throw new IllegalArgumentException(file + ": needs a comment in its first line and a line ---");
        }
        String name = folder.relativize(file).toString().replace('\\', '/').replace(".txt", "");
        List<Dialect> dialects = lines.contains("#! both dialects") ? List.of(Dialect.values())
                : lines.contains("#! dialect 5.1") ? List.of(Dialect.V5_1) : List.of();
        return new Scenario(name, dialects, SocketKind.ofThisMachine(), String.join("\n", lines.subList(0, cut)) + "\n",
                lines.subList(cut + 1, lines.size()).stream().filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList());
    }

    /** The dialect that this run forces. */
    Optional<Dialect> dialect() {
        return dialects.stream().findFirst();
    }

    /** Makes the certificates of the scenario. */
    void makeCertificates(Certificates certificates) throws IOException {
        for (String line : configuration.lines().filter(any -> any.startsWith(CERTIFICATE)).toList()) {
            String[] parts = line.substring(CERTIFICATE.length()).split(" ", 2);
            certificates.install(parts[0], parts[1]);
        }
        if (configuration.contains("{folder}/root.pem")) {
            certificates.installRoot();
        }
    }

    /** Makes the files of the scenario. */
    void makeFiles(Path folder) throws IOException {
        for (String line : configuration.lines().filter(any -> any.startsWith(FILE)).toList()) {
            String[] parts = line.substring(FILE.length()).split(" ", 2);
            Files.writeString(folder.resolve(parts[0]), Escapes.decode(parts[1]));
        }
    }

    /** The runs: one for each dialect, with and without splicing where the configuration leaves that open. */
    List<Scenario> modes() {
        return kinds().stream().flatMap(Scenario::eachDialect).flatMap(Scenario::eachSplice).toList();
    }

    private List<Scenario> kinds() {
        boolean both = name.startsWith("tls/") && sockets != SocketKind.PORTABLE;
        return both ? List.of(this, new Scenario(name + ", portable", dialects, SocketKind.PORTABLE, configuration,
                script)) : List.of(this);
    }

    private Stream<Scenario> eachDialect() {
        return dialects.size() < 2 ? Stream.of(this) : dialects.stream().map(dialect -> new Scenario(
                name + ", dialect " + dialect.word(), List.of(dialect), sockets, configuration, script));
    }

    private Stream<Scenario> eachSplice() {
        return !configuration.contains("{splice}") ? Stream.of(this)
                : Stream.of("splice", "no splice").map(mode -> new Scenario(name + ", " + mode, dialects, sockets,
                        configuration.replace("{splice}", mode), script));
    }

    /** The meaning of a line of the script whose placeholders are filled in. */
    static Step step(String line) {
        if (line.startsWith("log never ")) {
            return new Step.NotLogged(line.substring("log never ".length()));
        }
        if (line.startsWith("access ")) {
            return new Step.Accessed(line.substring("access ".length()));
        }
        if (line.startsWith("log ")) {
            return new Step.Logged(Escapes.decode(line.substring("log ".length())));
        }
        if (line.startsWith("nobody reached ")) {
            return new Step.Unreached(line.substring("nobody reached ".length()));
        }
        if (line.startsWith("up ") || line.startsWith("down ")) {
            return new Step.HostState(line.substring(line.indexOf(' ') + 1), line.startsWith("up "));
        }
        Matcher query = QUERY.matcher(line);
        if (query.matches()) {
            return new Step.Hear(query.group(1), Escapes.decode(query.group(2)));
        }
        Matcher found = LINE.matcher(line);
        if (!found.matches()) {
            throw new IllegalArgumentException("unknown step: " + line);
        }
        String end = found.group(1);
        String text = Optional.ofNullable(found.group(3)).orElse("");
        return switch (found.group(2)) {
            case ">" -> new Step.Send(end, Escapes.decode(text));
            case "<" -> new Step.Read(end, Escapes.decode(text));
            case "~" -> new Step.ReadHead(end, text);
            case "ends" -> new Step.Finish(end);
            case "resets" -> new Step.Reset(end);
            case "opens" -> new Step.Open(end);
            case "sees end" -> new Step.SeesEnd(end);
            case "sees reset" -> new Step.SeesReset(end);
            case "is at" -> new Step.IsAt(end, text);
            case "sees cut" -> new Step.SeesCut(end);
            case "sees alert" -> new Step.SeesAlert(end);
            case "cuts off" -> new Step.CutOff(end);
            case "secures" -> new Step.Secure(end, text);
            case "is refused" -> new Step.IsRefused(end);
            case "is shown" -> new Step.IsShown(end, text);
            case "is asked for" -> new Step.IsAskedFor(end, text);
            case "hears hello" -> new Step.HearHello(end);
            case "refuses" -> new Step.Refuse(end);
            default -> throw new IllegalArgumentException("unknown step: " + line);
        };
    }
}
