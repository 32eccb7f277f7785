package org.relayd.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The variables of the launchers and of the service are those of relayd(8), ENVIRONMENT. */
class EnvironmentDocTest {
    private static final Path PACKAGING = Path.of("").toAbsolutePath().getParent().resolve("packaging");
    private static final Pattern VARIABLE = Pattern.compile("RELAYD_[A-Z_]+");
    /** Only the build sets these. */
    private static final String OF_THE_BUILD = "RELAYD_TRAIN_";

    private static Set<String> variables(String file) throws IOException {
        return VARIABLE.matcher(Files.readString(PACKAGING.resolve(file))).results().map(name -> name.group())
                .filter(name -> !name.startsWith(OF_THE_BUILD)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void variablesOfLaunchersAndServiceAreThoseOfTheManual() throws IOException {
        Set<String> used = variables("launch.sh");
        used.addAll(variables("systemd/relayd.service"));
        assertEquals(used, ManualPage.read("relayd.8").lines().stream().filter(line -> line.startsWith(".It Ev RELAYD"))
                .map(line -> line.substring(7)).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void theFileOfTheServiceHasThoseOfTheUnitAndNoOther() throws IOException {
        assertEquals(variables("systemd/relayd.service"), variables("deb/relayd.default"));
    }
}
