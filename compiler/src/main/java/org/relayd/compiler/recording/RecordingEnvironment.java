package org.relayd.compiler.recording;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.relayd.compiler.environment.Environment;
import org.relayd.ir.net.IpAddress;
import org.relayd.ir.source.FileReason;

/**
 * An environment that remembers what it is asked. A question that comes again gets the same answer again, since the
 * compilation that is repeated elsewhere gets it too; certificates and keys are read anew each time and not remembered.
 */
public final class RecordingEnvironment implements Environment {
    private final Environment machine;
    private final Answers.Builder recorded = new Answers.Builder();

    /**
     * Creates an environment that has recorded nothing yet.
     *
     * @param machine
     *            answers
     */
    public RecordingEnvironment(Environment machine) {
        this.machine = machine;
    }

    /** Returns what was asked up to now. */
    public Answers answers() {
        return recorded.build();
    }

    private <A> A ask(Question<A> question, Supplier<A> answers) {
        return recorded.answer(question).orElseGet(() -> {
            A answer = answers.get();
            recorded.put(question, answer);
            return answer;
        });
    }

    @Override
    public byte[] read(String path) throws IOException {
        return switch (ask(new Question.Read(path), () -> content(path))) {
            case Content.Octets octets -> octets.toArray();
            case Content.Unreadable(String reason) -> throw new IOException(reason);
        };
    }

    private Content content(String path) {
        try {
            return Content.Octets.of(machine.read(path));
        } catch (IOException refused) {
            return new Content.Unreadable(FileReason.of(refused));
        }
    }

    @Override
    public byte[] credentials(String path) throws IOException {
        recorded.put(new Question.Credentials(path), new Question.Credentials.Kept());
        return machine.credentials(path);
    }

    @Override
    public FileState state(String path) {
        return ask(new Question.State(path), () -> machine.state(path));
    }

    @Override
    public Optional<String> openMode(String path) {
        return ask(new Question.OpenMode(path), () -> machine.openMode(path));
    }

    @Override
    public List<IpAddress> resolve(String name) {
        return ask(new Question.Resolve(name), () -> List.copyOf(machine.resolve(name)));
    }

    @Override
    public Optional<List<IpAddress>> interfaceAddresses(String name) {
        return ask(new Question.InterfaceAddresses(name), () -> machine.interfaceAddresses(name).map(List::copyOf));
    }

    @Override
    public List<String> interfaces() {
        return ask(new Question.Interfaces(), () -> List.copyOf(machine.interfaces()));
    }

    @Override
    public Optional<List<String>> groupMembers(String group) {
        return ask(new Question.GroupMembers(group), () -> machine.groupMembers(group).map(List::copyOf));
    }

    @Override
    public OptionalInt interfaceIndex(String name) {
        return ask(new Question.InterfaceIndex(name), () -> machine.interfaceIndex(name));
    }

    @Override
    public OptionalInt service(String name, String transport) {
        return ask(new Question.Service(name, transport), () -> machine.service(name, transport));
    }

    @Override
    public Set<String> services() {
        return ask(new Question.Services(), () -> Set.copyOf(machine.services()));
    }

    @Override
    public boolean isIpProtocol(String name) {
        return ask(new Question.IpProtocol(name), () -> machine.isIpProtocol(name));
    }

    @Override
    public boolean isDemotionGroup(String name) {
        return ask(new Question.DemotionGroup(name), () -> machine.isDemotionGroup(name));
    }

    @Override
    public int routingDomain() {
        return ask(new Question.RoutingDomain(), machine::routingDomain);
    }

    @Override
    public Optional<Instant> time() {
        return ask(new Question.Time(), machine::time);
    }
}
