package org.relayd.runtime.parent.codec;

import java.io.IOException;
import org.relayd.runtime.parent.message.Handover;
import org.relayd.runtime.parent.message.Reply.Bundle;
import org.relayd.runtime.parent.message.Reply.Start;

/** What a worker begins with. */
final class Starts {
    /** Octets of a number and a state or a truth. */
    private static final int SWITCHED = 5;

    /** Octets of a name and a number. */
    private static final int DEMOTED = 8;

    private Starts() {}

    static void write(FrameOutput out, Start start) {
        out.one(Starts::writeBundle, start.bundle()).one(Starts::writeHandover, start.before());
    }

    static Start read(FrameInput in) throws IOException {
        return new Start(readBundle(in), readHandover(in));
    }

    static void writeBundle(FrameOutput out, Bundle bundle) {
        out.number(bundle.plan()).octets(bundle.content());
    }

    static Bundle readBundle(FrameInput in) throws IOException {
        return new Bundle(in.number(), in.octets());
    }

    private static void writeHandover(FrameOutput out, Handover before) {
        out.map(Ids::write, Ids::writeState, before.hosts()).all(Ids::write, before.disabledHosts())
                .map(Ids::write, FrameOutput::truth, before.tables())
                .map(Ids::write, FrameOutput::truth, before.redirects())
                .map(FrameOutput::text, FrameOutput::number, before.demoted())
                .optional(FrameOutput::truth, before.verbose());
    }

    private static Handover readHandover(FrameInput in) throws IOException {
        return new Handover(in.map("hosts", SWITCHED, Ids::readHost, Ids::readState),
                in.set("hosts", Integer.BYTES, Integer.MAX_VALUE, Ids::readHost),
                in.map("tables", SWITCHED, Ids::readTable, FrameInput::truth),
                in.map("redirects", SWITCHED, Ids::readRedirect, FrameInput::truth),
                in.map("groups", DEMOTED, FrameInput::text, Starts::readDemotion), in.optional(FrameInput::truth));
    }

    private static int readDemotion(FrameInput in) throws IOException {
        return in.number("demotion", 1, Integer.MAX_VALUE);
    }
}
