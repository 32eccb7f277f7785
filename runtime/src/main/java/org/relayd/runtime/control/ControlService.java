package org.relayd.runtime.control;

import org.relayd.ir.control.ControlRequest;

/** Carries out what relayctl(8) asks for. */
@FunctionalInterface
public interface ControlService {

    /**
     * Carries out a request. On the engine thread, so it must not block.
     *
     * @param request
     *            what is asked for
     * @param client
     *            gets the answer, now or later
     */
    void serve(ControlRequest request, ControlClient client);
}
