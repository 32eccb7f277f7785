package org.relayd.runtime.platform.bsd;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.bsd.abi.Image;
import org.relayd.runtime.platform.bsd.abi.Ioctl;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.SystemException;

/** Calls that only note what they are given, bytes and all, and answer as they were told to. */
final class RecordingCalls implements SystemCalls {
    /** One line for each call. */
    final List<String> lines = new ArrayList<>();
    /** The arguments of requests, as they were before the answer. */
    final List<Request> requests = new ArrayList<>();
    /** The messages that were written. */
    final List<byte[]> messages = new ArrayList<>();
    private final Map<String, Consumer<Image>> answers = new HashMap<>();
    private final Map<String, ErrorName> refusals = new HashMap<>();
    private final Map<String, String> outputs = new HashMap<>();
    private int descriptors = 2;

    /** A request with the bytes of its argument and of what that points to. */
    record Request(String name, long number, ByteBuffer argument, ByteBuffer target) {}

    RecordingCalls answering(String request, Consumer<Image> answer) {
        answers.put(request, answer);
        return this;
    }

    /** From now on the request, or the write, fails with this errno. */
    RecordingCalls refusing(String call, ErrorName error) {
        refusals.put(call, error);
        return this;
    }

    RecordingCalls printing(String command, String output) {
        outputs.put(command, output);
        return this;
    }

    /** The requests of a name. */
    List<Request> all(String name) {
        return requests.stream().filter(request -> request.name().equals(name)).toList();
    }

    Request only(String name) {
        List<Request> all = all(name);
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " requests " + name + " in " + lines);
        }
        return all.getFirst();
    }

    private void refuse(String call) throws SystemException {
        ErrorName error = refusals.get(call);
        if (error != null) {
            throw new SystemException(Errno.bsd(error.bsd(), "errno " + error.bsd()));
        }
    }

    @Override
    public int open(String path) throws SystemException {
        lines.add("open " + path);
        refuse("open");
        return ++descriptors;
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        lines.add("socket " + domain + " " + type + " " + protocol);
        return ++descriptors;
    }

    @Override
    public void setOption(int descriptor, int level, int option, int value) {
        lines.add("option " + level + " " + option + " " + value);
    }

    @Override
    public void ioctl(int descriptor, Ioctl request, Image argument) throws SystemException {
        lines.add(request.name());
        requests.add(new Request(request.name(), request.number(), ByteBuffer.wrap(argument.bytes().clone()),
                ByteBuffer.wrap(argument.target().map(target -> target.bytes().clone()).orElse(new byte[0]))));
        refuse(request.name());
        answers.getOrDefault(request.name(), same -> {}).accept(argument);
    }

    @Override
    public void write(int descriptor, byte[] message) throws SystemException {
        lines.add("write " + message.length);
        messages.add(message);
        refuse("write");
    }

    @Override
    public void close(int descriptor) {
        lines.add("close");
    }

    @Override
    public String run(List<String> command, String input) throws KernelException {
        String line = String.join(" ", command);
        lines.add("run " + line);
        input.lines().forEach(text -> lines.add("    " + text));
        if (refusals.containsKey(line)) {
            throw new KernelException(line + ": refused");
        }
        return outputs.getOrDefault(line, "");
    }
}
