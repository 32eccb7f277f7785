package org.relayd.runtime.tls.boringssl;

import io.netty.internal.tcnative.Library;
import io.netty.internal.tcnative.SSL;
import io.netty.util.internal.NativeLibraryLoader;
import io.netty.util.internal.PlatformDependent;
import java.util.Optional;

/** The native library of this process. */
final class NativeLibrary {

    private NativeLibrary() {}

    /** Loaded by the first who looks. */
    private static final class Loaded {
        static final Optional<String> MISSING = load(
                "netty_tcnative_" + PlatformDependent.normalizedOs() + "_" + PlatformDependent.normalizedArch());
    }

    /** Loads it unless that was tried before; returns why there is none. */
    static Optional<String> missing() {
        return Loaded.MISSING;
    }

    /** Loads a library; returns why it cannot be. */
    static Optional<String> load(String name) {
        try {
            find(name);
            Library.initialize();
            return Optional.empty();
        } catch (Exception | LinkageError missing) {
            return Optional.of("cannot load " + name + ": " + firstLine(missing));
        }
    }

    @SuppressWarnings("restricted")
    private static void find(String name) {
        try {
            // Where the distribution keeps it unpacked (java.library.path): 50 ms sooner than Netty's loader.
            System.loadLibrary(name);
        } catch (UnsatisfiedLinkError packed) {
            NativeLibraryLoader.load(name, SSL.class.getClassLoader());
        }
    }

    private static String firstLine(Throwable fault) {
        String text = String.valueOf(fault.getMessage());
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
