package org.relayd.compiler.recording;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.relayd.compiler.environment.Environment;
import org.relayd.compiler.environment.Environment.FileState;
import org.relayd.ir.net.IpAddress;

/**
 * What a compilation asks its {@link Environment}; each question means the method of its name.
 *
 * @param <A>
 *            the answer
 */
public sealed interface Question<A> {

    /** A file of the configuration. */
    record Read(String path) implements Question<Content> {}

    /** A file of certificates or of a key: whoever records keeps its content, and has judged it. */
    record Credentials(String path) implements Question<Question.Credentials.Kept> {

        /** Nothing. */
        public record Kept() {}
    }

    /** Whether a file can be read. */
    record State(String path) implements Question<FileState> {}

    /** The mode of a file that others can read. */
    record OpenMode(String path) implements Question<Optional<String>> {}

    /** The addresses of a name. */
    record Resolve(String name) implements Question<List<IpAddress>> {}

    /** The addresses of an interface. */
    record InterfaceAddresses(String name) implements Question<Optional<List<IpAddress>>> {}

    /** All interfaces. */
    record Interfaces() implements Question<List<String>> {}

    /** The interfaces of a group. */
    record GroupMembers(String group) implements Question<Optional<List<String>>> {}

    /** The number of an interface. */
    record InterfaceIndex(String name) implements Question<OptionalInt> {}

    /** The port of a service. */
    record Service(String name, String transport) implements Question<OptionalInt> {}

    /** All services. */
    record Services() implements Question<Set<String>> {}

    /** Whether there is an IP protocol of a name. */
    record IpProtocol(String name) implements Question<Boolean> {}

    /** Whether a group can be demoted. */
    record DemotionGroup(String name) implements Question<Boolean> {}

    /** The routing domain of the daemon. */
    record RoutingDomain() implements Question<Integer> {}

    /** The time at which certificates should be good. */
    record Time() implements Question<Optional<Instant>> {}
}
