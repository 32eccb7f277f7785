package org.relayd.runtime.parent.codec;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayd.ir.config.RedirectId;
import org.relayd.runtime.parent.ScriptEnd;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.platform.TableChange;
import org.relayd.runtime.tls.OctetString;

/** Replies. */
final class Replies {
    /** Octets of what a table came to, and of a redirection and its connections. */
    private static final int CHANGE = 20;
    private static final int COUNT = 12;

    private Replies() {}

    static void write(FrameOutput out, Reply reply) {
        switch (reply) {
            case Reply.Done() -> out.octet(1);
            case Reply.Nothing() -> out.octet(2);
            case Reply.Refused(Optional<Integer> errno, String text, boolean kernel)
                    -> out.octet(3).optional(FrameOutput::number, errno).text(text).truth(kernel);
            case Reply.Socket() -> out.octet(4);
            case Reply.EchoSocket(boolean raw) -> out.octet(5).truth(raw);
            case Reply.NamedSocket(String identity) -> out.octet(6).text(identity);
            case Reply.OpenedLog(String identity, boolean created) -> out.octet(7).text(identity).truth(created);
            case Reply.Address(InetSocketAddress address) -> out.octet(8).one(NetworkAddresses::writeSocket, address);
            case Reply.Ended(ScriptEnd end) -> out.octet(9).one(CheckRequests::writeEnd, end);
            case Reply.Octets(OctetString content) -> out.octet(10).octets(content);
            case Reply.Key(int number, String print) -> out.octet(11).number(number).text(print);
            case Reply.Changes(List<TableChange> changes) -> out.octet(12).all(Operations::writeChange, changes);
            case Reply.Counts(Map<RedirectId, Long> counts)
                    -> out.octet(13).map(Ids::write, FrameOutput::longNumber, counts);
            case Reply.Missing(int routes) -> out.octet(14).number(routes);
            case Reply.Groups(Set<String> names) -> out.octet(15).one(KernelRequests::writeGroups, names);
            case Reply.Bundle bundle -> out.octet(16).one(Starts::writeBundle, bundle);
            case Reply.Start start -> out.octet(17).one(Starts::write, start);
            case Reply.PlanRefused(List<String> lines) -> out.octet(18).all(FrameOutput::text, lines);
        }
    }

    static Reply read(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> new Reply.Done();
            case 2 -> new Reply.Nothing();
            case 3 -> new Reply.Refused(in.optional(Replies::errno), in.text(), in.truth());
            case 4 -> new Reply.Socket();
            case 5 -> new Reply.EchoSocket(in.truth());
            case 6 -> new Reply.NamedSocket(in.text());
            case 7 -> new Reply.OpenedLog(in.text(), in.truth());
            case 8 -> new Reply.Address(NetworkAddresses.readSocket(in));
            case 9 -> new Reply.Ended(CheckRequests.readEnd(in));
            case 10 -> new Reply.Octets(in.octets());
            case 11 -> new Reply.Key(in.number(), in.text());
            case 12 -> new Reply.Changes(in.list("changes", CHANGE, Operations::readChange));
            case 13 -> new Reply.Counts(in.map("redirects", COUNT, Ids::readRedirect, FrameInput::longNumber));
            case 14 -> new Reply.Missing(in.howMany());
            case 15 -> new Reply.Groups(KernelRequests.readGroups(in));
            case 16 -> Starts.readBundle(in);
            case 17 -> Starts.read(in);
            case 18 -> new Reply.PlanRefused(in.list("lines", Integer.BYTES, FrameInput::text));
            default -> throw in.unknown("reply");
        };
    }

    private static int errno(FrameInput in) throws IOException {
        return in.number("errno", 1, Integer.MAX_VALUE);
    }

    /** Returns whether a descriptor comes with a reply. */
    static boolean haveDescriptor(Reply reply) {
        return switch (reply) {
            case Reply.Socket _,Reply.EchoSocket _,Reply.NamedSocket _,Reply.OpenedLog _ -> true;
            case Reply.Done _,Reply.Nothing _,Reply.Refused _,Reply.Address _,Reply.Ended _,Reply.Octets _ -> false;
            case Reply.Key _,Reply.Changes _,Reply.Counts _,Reply.Missing _,Reply.Groups _ -> false;
            case Reply.Bundle _,Reply.Start _,Reply.PlanRefused _ -> false;
        };
    }
}
