package org.relayd.runtime.platform.bsd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.bsd.abi.Image;
import org.relayd.runtime.platform.bsd.abi.Ioctl;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.SystemException;

/** The calls of this machine, by way of its C library, which is loaded with the first one. */
final class NativeCalls implements SystemCalls {
    private static final int READ_WRITE = 2;
    private static final long LONGEST_RUN_SECONDS = 30;

    private Optional<BsdLibrary> library = Optional.empty();

    private BsdLibrary c() {
        BsdLibrary loaded = library.orElseGet(BsdLibrary::load);
        library = Optional.of(loaded);
        return loaded;
    }

    private long checked(long result) throws SystemException {
        if (result < 0) {
            int error = Runtime.getRuntime(c()).getLastError();
            throw new SystemException(Errno.bsd(error, c().strerror(error)));
        }
        return result;
    }

    @Override
    public int open(String path) throws SystemException {
        return (int) checked(c().open(path, READ_WRITE));
    }

    @Override
    public int socket(int domain, int type, int protocol) throws SystemException {
        return (int) checked(c().socket(domain, type, protocol));
    }

    @Override
    public void setOption(int descriptor, int level, int option, int value) throws SystemException {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(value).array();
        checked(c().setsockopt(descriptor, level, option, bytes, bytes.length));
    }

    @Override
    public void ioctl(int descriptor, Ioctl request, Image argument) throws SystemException {
        Runtime runtime = Runtime.getRuntime(c());
        byte[] bytes = argument.bytes();
        Pointer struct = Memory.allocateDirect(runtime, bytes.length);
        struct.put(0, bytes, 0, bytes.length);
        Optional<Image.Target> target = argument.target();
        Optional<Pointer> array = target.map(pointed -> copied(runtime, pointed.bytes()));
        target.ifPresent(pointed -> struct.putPointer(pointed.offset(), array.orElseThrow()));
        checked(c().ioctl(descriptor, request.number(), struct));
        struct.get(0, bytes, 0, bytes.length);
        target.ifPresent(pointed -> array.orElseThrow().get(0, pointed.bytes(), 0, pointed.bytes().length));
    }

    private static Pointer copied(Runtime runtime, byte[] bytes) {
        Pointer copy = Memory.allocateDirect(runtime, Math.max(1, bytes.length));
        copy.put(0, bytes, 0, bytes.length);
        return copy;
    }

    @Override
    public void write(int descriptor, byte[] message) throws SystemException {
        checked(c().write(descriptor, message, message.length));
    }

    @Override
    public void close(int descriptor) {
        c().close(descriptor);
    }

    @Override
    public String run(List<String> command, String input) throws KernelException {
        String name = String.join(" ", command);
        try {
            Process process = new ProcessBuilder(command).start();
            CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
            write(process.getOutputStream(), input);
            if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new KernelException(name + ": did not end within " + LONGEST_RUN_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new KernelException(name + ": " + err.join().strip().replace('\n', ';'));
            }
            return out.join();
        } catch (IOException notRun) {
            throw notRun instanceof KernelException known ? known
                    : new KernelException(name + ": " + notRun.getMessage(), notRun);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KernelException(name + ": interrupted", stopped);
        }
    }

    /** A program that refuses before it has read everything says so in its own words. */
    private static void write(OutputStream in, String input) {
        try (in) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException hasEnded) {
            // Its exit status and standard error follow.
        }
    }

    private static String all(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
