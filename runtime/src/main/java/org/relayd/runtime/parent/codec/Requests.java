package org.relayd.runtime.parent.codec;

import java.io.IOException;
import java.util.Optional;
import org.relayd.runtime.parent.message.Request;

/** Requests: whose it is, then which. */
final class Requests {
    private Requests() {}

    static void write(FrameOutput out, Request request) {
        switch (request) {
            case Request.OfRelays relays -> out.octet(1).one(RelayRequests::write, relays);
            case Request.OfChecks checks -> out.octet(2).one(CheckRequests::write, checks);
            case Request.OfFiles files -> out.octet(3).one(FileRequests::write, files);
            case Request.OfKeys keys -> out.octet(4).one(FileRequests::writeKeys, keys);
            case Request.OfKernel kernel -> out.octet(5).one(KernelRequests::write, kernel);
            case Request.OfPlans plans -> out.octet(6).one(Requests::writePlans, plans);
        }
    }

    static Request read(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> RelayRequests.read(in);
            case 2 -> CheckRequests.read(in);
            case 3 -> FileRequests.read(in);
            case 4 -> FileRequests.readKeys(in);
            case 5 -> KernelRequests.read(in);
            case 6 -> readPlans(in);
            default -> throw in.unknown("kind of request");
        };
    }

    private static void writePlans(FrameOutput out, Request.OfPlans request) {
        switch (request) {
            case Request.First() -> out.octet(1);
            case Request.Reload(Optional<String> file) -> out.octet(2).optional(FrameOutput::text, file);
        }
    }

    private static Request.OfPlans readPlans(FrameInput in) throws IOException {
        return switch (in.octet()) {
            case 1 -> new Request.First();
            case 2 -> new Request.Reload(in.optional(FrameInput::text));
            default -> throw in.unknown("request for plans");
        };
    }
}
