package org.relayd.main.bundle;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.relayd.compiler.environment.Environment.FileState;
import org.relayd.compiler.recording.Answers;
import org.relayd.compiler.recording.Content;
import org.relayd.compiler.recording.Question;
import org.relayd.ir.net.IpAddress;

/** Reads answers with their questions. */
final class AnswersReader {
    private static final int NANOS = 1_000_000_000;

    private final OctetReader in;
    private final Answers.Builder recorded = new Answers.Builder();

    private AnswersReader(OctetReader in) {
        this.in = in;
    }

    /**
     * Reads them.
     *
     * @throws IOException
     *             if none is there, or it has a question twice
     */
    static Answers read(OctetReader in) throws IOException {
        AnswersReader reader = new AnswersReader(in);
        int count = in.all(reader::exchange).size();
        Answers answers = reader.recorded.build();
        if (answers.questions().size() != count) {
            throw OctetReader.damaged("a question twice");
        }
        return answers;
    }

    private QuestionKind exchange() throws IOException {
        QuestionKind kind = in.word(QuestionKind.values());
        switch (kind) {
            case READ -> recorded.put(new Question.Read(in.text()), content());
            case CREDENTIALS -> recorded.put(new Question.Credentials(in.text()), new Question.Credentials.Kept());
            case STATE -> recorded.put(new Question.State(in.text()), in.word(FileState.values()));
            case OPEN_MODE -> recorded.put(new Question.OpenMode(in.text()), in.optional(in::text));
            case RESOLVE -> recorded.put(new Question.Resolve(in.text()), in.all(this::address));
            case INTERFACE_ADDRESSES -> recorded.put(new Question.InterfaceAddresses(in.text()),
                    in.optional(() -> in.all(this::address)));
            case INTERFACES -> recorded.put(new Question.Interfaces(), in.all(in::text));
            case GROUP_MEMBERS -> recorded.put(new Question.GroupMembers(in.text()),
                    in.optional(() -> in.all(in::text)));
            case INTERFACE_INDEX -> recorded.put(new Question.InterfaceIndex(in.text()), in.optionalNumber());
            case SERVICE -> recorded.put(new Question.Service(in.text(), in.text()), in.optionalNumber());
            case SERVICES -> recorded.put(new Question.Services(), names(in.all(in::text)));
            case IP_PROTOCOL -> recorded.put(new Question.IpProtocol(in.text()), in.flag());
            case DEMOTION_GROUP -> recorded.put(new Question.DemotionGroup(in.text()), in.flag());
            case ROUTING_DOMAIN -> recorded.put(new Question.RoutingDomain(), in.number());
            case TIME -> recorded.put(new Question.Time(), in.optional(this::instant));
        }
        return kind;
    }

    private Content content() throws IOException {
        return in.flag() ? Content.Octets.of(in.octets()) : new Content.Unreadable(in.text());
    }

    private static Set<String> names(List<String> written) throws IOException {
        Set<String> names = Set.copyOf(written);
        if (names.size() != written.size()) {
            throw OctetReader.damaged("a name twice");
        }
        return names;
    }

    private IpAddress address() throws IOException {
        byte[] bytes = in.octets();
        String scope = in.text();
        if (bytes.length != 4 && bytes.length != 16) {
            throw OctetReader.damaged("an address of " + bytes.length + " octets");
        }
        IpAddress address = IpAddress.of(bytes);
        return scope.isEmpty() ? address
                : IpAddress.parse(address + "%" + scope).orElseThrow(() -> OctetReader.damaged("a scope"));
    }

    private Instant instant() throws IOException {
        long seconds = in.wide();
        int nanos = in.number();
        if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond() || nanos < 0
                || nanos >= NANOS) {
            throw OctetReader.damaged("no time");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }
}
