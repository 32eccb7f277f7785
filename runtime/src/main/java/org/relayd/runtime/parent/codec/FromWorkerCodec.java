package org.relayd.runtime.parent.codec;

import java.io.IOException;
import org.relayd.runtime.parent.message.Frame.Ask;
import org.relayd.runtime.parent.message.Frame.FromWorker;
import org.relayd.runtime.parent.message.Frame.Say;
import org.relayd.runtime.parent.message.Report;
import org.relayd.runtime.parent.message.Request;

/** Frames from the worker, which may say anything once it has been taken over by somebody else. */
public final class FromWorkerCodec implements FrameCodec<FromWorker> {
    /** Octets of a frame: 1 MiB. A round with a hundred thousand hosts has less than half of it. */
    public static final int LIMIT = 1024 * 1024;

    @Override
    public int limit() {
        return LIMIT;
    }

    @Override
    public boolean hasDescriptors() {
        return false;
    }

    @Override
    public boolean hasDescriptor(FromWorker frame) {
        return false;
    }

    @Override
    public FromWorker withoutRoom(FromWorker frame) {
        throw new IllegalArgumentException("has no descriptor: " + frame);
    }

    @Override
    public byte[] write(FromWorker frame) {
        FrameOutput out = new FrameOutput();
        switch (frame) {
            case Ask(int number, Request request) -> out.octet(1).number(number).one(Requests::write, request);
            case Say(Report report) -> out.octet(2).one(Reports::write, report);
        }
        return out.within(LIMIT);
    }

    @Override
    public FromWorker read(byte[] octets) throws IOException {
        FrameInput in = new FrameInput(octets, LIMIT);
        FromWorker frame = switch (in.octet()) {
            case 1 -> new Ask(in.number(), Requests.read(in));
            case 2 -> new Say(Reports.read(in));
            default -> throw in.unknown("frame");
        };
        in.end();
        return frame;
    }
}
