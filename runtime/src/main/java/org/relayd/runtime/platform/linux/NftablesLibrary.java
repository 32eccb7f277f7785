package org.relayd.runtime.platform.linux;

import jnr.ffi.Pointer;

/** Functions of libnftables.so.1, as libnftables(3) describes them. */
public interface NftablesLibrary {

    /** Makes a context. */
    Pointer nft_ctx_new(int flags);

    /** Frees a context. */
    void nft_ctx_free(Pointer context);

    /** Keeps output in memory. */
    int nft_ctx_buffer_output(Pointer context);

    /** Keeps error messages in memory. */
    int nft_ctx_buffer_error(Pointer context);

    /** Returns the output of the last run. */
    String nft_ctx_get_output_buffer(Pointer context);

    /** Returns the error messages of the last run. */
    String nft_ctx_get_error_buffer(Pointer context);

    /** Runs commands as one transaction. */
    int nft_run_cmd_from_buffer(Pointer context, String commands);
}
