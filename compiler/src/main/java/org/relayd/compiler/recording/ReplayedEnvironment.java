package org.relayd.compiler.recording;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.relayd.compiler.environment.Environment;
import org.relayd.ir.net.IpAddress;

/**
 * An environment that gives the answers that were recorded and knows nothing else. The same compiler asks the same
 * questions; any other ends in an {@link UnrecordedQuestionException}.
 */
public final class ReplayedEnvironment implements Environment {
    private final Answers answers;

    /** Creates the environment of what was recorded. */
    public ReplayedEnvironment(Answers answers) {
        this.answers = answers;
    }

    private <A> A ask(Question<A> question) {
        return answers.answer(question).orElseThrow(() -> new UnrecordedQuestionException(question));
    }

    @Override
    public byte[] read(String path) throws IOException {
        return switch (ask(new Question.Read(path))) {
            case Content.Octets octets -> octets.toArray();
            case Content.Unreadable(String reason) -> throw new IOException(reason);
        };
    }

    @Override
    public byte[] credentials(String path) throws IOException {
        ask(new Question.Credentials(path));
        throw new IOException("the content is not told");
    }

    @Override
    public FileState state(String path) {
        return ask(new Question.State(path));
    }

    @Override
    public Optional<String> openMode(String path) {
        return ask(new Question.OpenMode(path));
    }

    @Override
    public List<IpAddress> resolve(String name) {
        return ask(new Question.Resolve(name));
    }

    @Override
    public Optional<List<IpAddress>> interfaceAddresses(String name) {
        return ask(new Question.InterfaceAddresses(name));
    }

    @Override
    public List<String> interfaces() {
        return ask(new Question.Interfaces());
    }

    @Override
    public Optional<List<String>> groupMembers(String group) {
        return ask(new Question.GroupMembers(group));
    }

    @Override
    public OptionalInt interfaceIndex(String name) {
        return ask(new Question.InterfaceIndex(name));
    }

    @Override
    public OptionalInt service(String name, String transport) {
        return ask(new Question.Service(name, transport));
    }

    @Override
    public Set<String> services() {
        return ask(new Question.Services());
    }

    @Override
    public boolean isIpProtocol(String name) {
        return ask(new Question.IpProtocol(name));
    }

    @Override
    public boolean isDemotionGroup(String name) {
        return ask(new Question.DemotionGroup(name));
    }

    @Override
    public int routingDomain() {
        return ask(new Question.RoutingDomain());
    }

    @Override
    public Optional<Instant> time() {
        return ask(new Question.Time());
    }
}
