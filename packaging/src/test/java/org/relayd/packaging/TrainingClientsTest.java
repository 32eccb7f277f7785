package org.relayd.packaging;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class TrainingClientsTest {

    @Test
    void getTheAnswersOfTheOrigin() throws IOException {
        try (TrainingOrigin origin = new TrainingOrigin()) {
            assertDoesNotThrow(() -> new TrainingClients(origin.port()).run());
        }
    }

    @Test
    void failWhereNobodyServes() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        IOException failure = assertThrows(IOException.class, () -> new TrainingClients(port).run());
        assertTrue(failure.getMessage().contains("training run"), failure.getMessage());
    }
}
