package org.relayd.runtime.platform.linux;

import java.util.List;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import org.relayd.runtime.platform.KernelException;

/** nft(8) in this process. One thread only. */
final class Nftables implements AutoCloseable {
    private static final String MISSING = "libnftables.so.1 is missing: install the package libnftables1 or nftables";

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
     *             if it is not installed
     */
    static Nftables load() throws KernelException {
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
            throw new KernelException(explained(error.lines().toList()));
        }
        return output;
    }

    /** Returns the library's first complaint with the line that it is about, and what to do where that is known. */
    private static String explained(List<String> complaint) {
        String first = complaint.isEmpty() ? "unknown error"
                : complaint.getFirst().replaceFirst("^.*?Error: ", "");
        if (first.contains("Operation not permitted")) {
            return "nftables: " + first + ": redirections need root or the capability CAP_NET_ADMIN";
        }
        if (first.contains("Operation not supported") || first.contains("Protocol not supported")) {
            return "nftables: " + first + ": the kernel lacks a part of nftables" + about(complaint);
        }
        return "nftables: " + first + about(complaint);
    }

    private static String about(List<String> complaint) {
        return complaint.size() < 2 ? "" : ": " + complaint.get(1).strip();
    }

    @Override
    public void close() {
        library.nft_ctx_free(context);
    }
}
