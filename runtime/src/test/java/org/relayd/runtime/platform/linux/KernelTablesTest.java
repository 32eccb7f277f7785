package org.relayd.runtime.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.relayd.runtime.platform.linux.AnsweringKernel.message;

import org.junit.jupiter.api.Test;
import org.relayd.runtime.platform.KernelException;
import org.relayd.runtime.platform.linux.files.TableOwner;
import org.relayd.runtime.system.ErrorName;

/** What a kernel without nftables, and one that does not let us, are said to lack. */
class KernelTablesTest {
    private static final int INVALID = -22;
    private static final int NOT_PERMITTED = -1;

    private final AnsweringKernel kernel = new AnsweringKernel();

    private String complaint() {
        return assertThrows(KernelException.class, () -> new KernelTables(kernel, new TableOwner(1, 1)).claim())
                .getMessage();
    }

    @Test
    void aKernelThatDoesNotKnowTheMessagesHasNoNftables() {
        kernel.answer(message(AnsweringKernel.ERROR, 1, INVALID));
        assertEquals("the kernel has no nftables: load its module nf_tables", complaint());
    }

    @Test
    void aKernelWithoutTheProtocolHasNoNftablesEither() {
        kernel.fail(ErrorName.EPROTONOSUPPORT);
        assertEquals("nftables: no answer from the kernel: Protocol not supported: the kernel lacks a part of nftables",
                complaint());
    }

    @Test
    void whoMayNotLookIsToldWhichCapabilityThatNeeds() {
        kernel.answer(message(AnsweringKernel.ERROR, 1, NOT_PERMITTED));
        assertEquals("nftables: Operation not permitted: redirections need root or the capability CAP_NET_ADMIN",
                complaint());
    }
}
