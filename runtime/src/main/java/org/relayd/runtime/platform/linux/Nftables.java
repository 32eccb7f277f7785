package org.relayd.runtime.platform.linux;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.system.Errno;
import org.relayd.runtime.system.ErrorName;
import org.relayd.runtime.system.FailedCall;

/** nft(8) in this process. One thread only. */
final class Nftables implements AutoCloseable {
    private static final String NOT_PERMITTED = "redirections need root or the capability CAP_NET_ADMIN";
    private static final String MISSING = "libnftables.so.1 is missing: install the package libnftables1 or nftables";

    /** The library names the input, the line and the columns of what it complains about. */
    private static final Pattern PLACE = Pattern.compile("[^:]*:(\\d+):\\d+-\\d+: Error: ");
    private static final int LONGEST_COMMAND = 200;
    /** What the kernel says to parts of nftables that it does not have. */
    private static final Set<ErrorName> LACKING = Set.of(ErrorName.EOPNOTSUPP, ErrorName.EPROTONOSUPPORT);

    private final NftablesLibrary library;
    private final Pointer context;

    private Nftables(NftablesLibrary library, Pointer context) {
        this.library = library;
        this.context = context;
    }

    /**
     * Loads the library.
     *
     * @throws KernelException
     *             if it is not installed, or this process has not the capability that it needs: then it would write to
     *             standard error each time that it is asked
     */
    static Nftables load() throws KernelException {
        if (!Capabilities.own().netAdmin()) {
            throw new KernelException(advised(Errno.of(ErrorName.EPERM)));
        }
        try {
            NftablesLibrary library = LibraryLoader.create(NftablesLibrary.class).failImmediately()
                    .load("libnftables.so.1");
            Pointer context = library.nft_ctx_new(0);
            if (context == null || library.nft_ctx_buffer_output(context) != 0
                    || library.nft_ctx_buffer_error(context) != 0) {
                throw new KernelException("libnftables cannot be set up");
            }
            return new Nftables(library, context);
        } catch (UnsatisfiedLinkError notThere) {
            throw new KernelException(MISSING, notThere);
        }
    }

    /**
     * Runs commands as one transaction: all of them, or none.
     *
     * @return what they print
     * @throws KernelException
     *             if one of them fails
     */
    String run(String commands) throws KernelException {
        int status = library.nft_run_cmd_from_buffer(context, commands);
        String output = library.nft_ctx_get_output_buffer(context);
        String error = library.nft_ctx_get_error_buffer(context);
        if (status != 0) {
            throw new KernelException(explained(error.lines().findFirst().orElse("unknown error"), commands));
        }
        return output;
    }

    /** Returns a complaint with the command that it is about, and what to do where that is known. */
    private static String explained(String complaint, String commands) {
        String reason = complaint.replaceFirst("^.*?Error: ", "");
        Matcher place = PLACE.matcher(complaint);
        String about = place.lookingAt()
                ? commands.lines().skip(Math.max(0, Long.parseLong(place.group(1)) - 1)).findFirst()
                        .map(line -> ": " + shortened(line.strip())).orElse("")
                : "";
        return advised(reason, FailedCall.errnoIn(reason)) + about;
    }

    private static String advised(Errno errno) {
        return advised(errno.words(), Optional.of(errno));
    }

    /** Returns what the kernel said, and what is missing where that is known. */
    static String advised(String reason, Optional<Errno> errno) {
        if (errno.filter(error -> error.is(ErrorName.EPERM)).isPresent()) {
            return "nftables: " + reason + ": " + NOT_PERMITTED;
        }
        if (errno.filter(error -> error.isOneOf(LACKING)).isPresent()) {
            return "nftables: " + reason + ": the kernel lacks a part of nftables";
        }
        return "nftables: " + reason;
    }

    private static String shortened(String command) {
        return command.length() > LONGEST_COMMAND ? command.substring(0, LONGEST_COMMAND) + "..." : command;
    }

    @Override
    public void close() {
        library.nft_ctx_free(context);
    }
}
