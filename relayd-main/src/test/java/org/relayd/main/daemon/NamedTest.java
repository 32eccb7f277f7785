package org.relayd.main.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relayd.ir.control.ControlRequest.SwitchTarget;
import org.relayd.main.daemon.Named.Found;

/** What relayctl(8) is told of a number or a name. */
class NamedTest {
    private static final List<Named> HOSTS = List.of(host(1, "10.0.0.11", Optional.empty()),
            host(2, "10.0.0.12", Optional.empty()), host(3, "10.0.0.13", Optional.of(1)),
            new Named(4, "10.0.0.11", Optional.empty()),
            new Named(5, "10.0.0.12", Optional.of(2)), host(6, "9", Optional.empty()));

    private static Named host(int id, String name, Optional<Integer> follows) {
        return new Named(id, name, follows);
    }

    private static Found named(String name) {
        return Named.find("host", HOSTS, new SwitchTarget.ByName(name));
    }

    private static Found numbered(int number) {
        return Named.find("host", HOSTS, new SwitchTarget.ById(number));
    }

    @Test
    void aNumberIsANumberFirstAndThenAName() {
        assertEquals(new Found.One(HOSTS.get(3)), numbered(4));
        assertEquals(new Found.One(HOSTS.get(5)), numbered(9));
        assertEquals(new Found.None("there is no host 17"), numbered(17));
    }

    @Test
    void ofSeveralWithANameTheFirstIsMeant() {
        assertEquals(new Found.One(HOSTS.getFirst()), named("10.0.0.11"));
    }

    @Test
    void hostsThatFollowAreSwitchedWithTheOneBeforeThem() {
        assertEquals(new Found.One(HOSTS.get(1)), named("10.0.0.12"));
        assertEquals(new Found.None("host 3 follows host 1, and is switched with it"), named("10.0.0.13"));
        assertEquals(new Found.None("host 5 follows host 2, and is switched with it"), numbered(5));
    }

    @Test
    void theNearestNameIsSuggested() {
        assertEquals(new Found.None("there is no host 10.0.0.15; did you mean 10.0.0.11?"), named("10.0.0.15"));
        assertEquals(new Found.None("there is no host shop"), named("shop"));
        assertEquals(new Found.None("there is no table web; did you mean web:80?"), Named.find("table",
                List.of(new Named(1, "web:80", Optional.empty())), new SwitchTarget.ByName("web")));
    }
}
