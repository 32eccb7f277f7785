package org.relayd.main.bundle;

import java.time.Instant;
import org.relayd.compiler.environment.Environment.FileState;
import org.relayd.compiler.recording.Answers;
import org.relayd.compiler.recording.Content;
import org.relayd.compiler.recording.Question;
import org.relayd.ir.net.IpAddress;

/** Writes answers: for each question its kind, what it is about, and its answer. */
final class AnswersWriter {
    private final OctetWriter out;
    private final Answers answers;

    private AnswersWriter(OctetWriter out, Answers answers) {
        this.out = out;
        this.answers = answers;
    }

    static void write(OctetWriter out, Answers answers) {
        out.all(answers.questions(), new AnswersWriter(out, answers)::exchange);
    }

    private <A> A answer(Question<A> question) {
        return answers.answer(question).orElseThrow();
    }

    private void exchange(Question<?> question) {
        out.word(QuestionKind.values(), QuestionKind.of(question));
        switch (question) {
            case Question.Read read -> {
                out.text(read.path());
                content(answer(read));
            }
            case Question.Credentials(String path) -> out.text(path);
            case Question.State state -> {
                out.text(state.path());
                out.word(FileState.values(), answer(state));
            }
            case Question.OpenMode mode -> {
                out.text(mode.path());
                out.optional(answer(mode), out::text);
            }
            case Question.Resolve resolve -> {
                out.text(resolve.name());
                out.all(answer(resolve), this::address);
            }
            case Question.InterfaceAddresses addresses -> {
                out.text(addresses.name());
                out.optional(answer(addresses), found -> out.all(found, this::address));
            }
            case Question.Interfaces all -> out.all(answer(all), out::text);
            case Question.GroupMembers members -> {
                out.text(members.group());
                out.optional(answer(members), names -> out.all(names, out::text));
            }
            case Question.InterfaceIndex index -> {
                out.text(index.name());
                out.optional(answer(index));
            }
            case Question.Service service -> {
                out.text(service.name());
                out.text(service.transport());
                out.optional(answer(service));
            }
            case Question.Services all -> out.all(answer(all), out::text);
            case Question.IpProtocol protocol -> {
                out.text(protocol.name());
                out.flag(answer(protocol));
            }
            case Question.DemotionGroup group -> {
                out.text(group.name());
                out.flag(answer(group));
            }
            case Question.RoutingDomain domain -> out.number(answer(domain));
            case Question.Time time -> out.optional(answer(time), this::instant);
        }
    }

    private void content(Content content) {
        switch (content) {
            case Content.Octets octets -> {
                out.flag(true);
                out.octets(octets.toArray());
            }
            case Content.Unreadable(String reason) -> {
                out.flag(false);
                out.text(reason);
            }
        }
    }

    private void address(IpAddress address) {
        out.octets(address.bytes());
        out.text(address.scope());
    }

    private void instant(Instant time) {
        out.wide(time.getEpochSecond());
        out.number(time.getNano());
    }
}
