package org.relayd.runtime.parent.codec;

import java.io.IOException;
import java.util.Optional;
import org.relayd.runtime.parent.message.Frame.Answer;
import org.relayd.runtime.parent.message.Frame.FromParent;
import org.relayd.runtime.parent.message.Frame.Want;
import org.relayd.runtime.parent.message.Notice;
import org.relayd.runtime.parent.message.Reply;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;

/** Frames from the parent. */
public final class FromParentCodec implements FrameCodec<FromParent> {
    /** Octets of a frame: 64 MiB, most of them the files of a configuration. */
    public static final int LIMIT = 64 * 1024 * 1024;

    @Override
    public int limit() {
        return LIMIT;
    }

    @Override
    public boolean hasDescriptors() {
        return true;
    }

    @Override
    public boolean hasDescriptor(FromParent frame) {
        return switch (frame) {
            case Answer(_, Reply reply) -> Replies.haveDescriptor(reply);
            case Want _ -> false;
        };
    }

    /** The kernel says only that there was no room; that the process has enough descriptors is the reason it knows. */
    @Override
    public FromParent withoutRoom(FromParent frame) {
        return switch (frame) {
            case Answer(int number, _) -> {
                Errno full = Errno.of(ErrorName.EMFILE);
                yield new Answer(number, new Reply.Refused(Optional.of(full.number()), full.words(), false));
            }
            case Want _ -> throw new IllegalArgumentException("has no descriptor: " + frame);
        };
    }

    /** An answer that would be longer than the limit, such as the content of a file, becomes a refusal. */
    @Override
    public byte[] write(FromParent frame) {
        FrameOutput out = new FrameOutput();
        switch (frame) {
            case Answer(int number, Reply reply) -> {
                out.octet(1).number(number).one(Replies::write, reply);
                if (out.count() > LIMIT) {
                    return write(new Answer(number, new Reply.Refused(Optional.empty(),
                            "an answer of " + out.count() + " octets is longer than " + LIMIT, false)));
                }
            }
            case Want(Notice notice) -> out.octet(2).one(NoticeOctets::write, notice);
        }
        return out.within(LIMIT);
    }

    @Override
    public FromParent read(byte[] octets) throws IOException {
        FrameInput in = new FrameInput(octets, LIMIT);
        FromParent frame = switch (in.octet()) {
            case 1 -> new Answer(in.number(), Replies.read(in));
            case 2 -> new Want(NoticeOctets.read(in));
            default -> throw in.unknown("frame");
        };
        in.end();
        return frame;
    }
}
