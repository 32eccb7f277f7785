package org.relayd.main.parent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayd.runtime.parent.linux.WorkerCommand;

/** What starts a worker. */
class WorkerWordsTest {
    private static final String MAIN = "org.relayd.main.worker.WorkerMain";

    @TempDir
    private Path folder;

    @Test
    void withoutALauncherAWorkerHasTheClassesOfThisProcess() throws Exception {
        WorkerCommand command = WorkerWords.command(7);
        List<String> words = command.words();
        assertEquals(List.of(MAIN, "7"), words.subList(words.size() - 2, words.size()));
        List<Path> classes = Stream.of(words.get(words.indexOf("-cp") + 1).split(File.pathSeparator, -1)).map(Path::of)
                .toList();
        assertTrue(classes.stream().allMatch(Path::isAbsolute), classes::toString);
        assertTrue(classes.contains(Path.of("target", "classes").toAbsolutePath()), classes::toString);
        assertTrue(classes.containsAll(command.files()), () -> command.files().toString());
    }

    @Test
    void aLauncherSaysTheMachineAndOfTheEnvironmentTimesAndNamesAreKept() throws Exception {
        WorkerCommand command = WorkerWords.command(List.of("/jdk/bin/java", "-Xint", "-cp", folder.toString()),
                Map.of("TZ", "UTC", "CLASSPATH", "/elsewhere", "PATH", "/elsewhere"), 7);
        assertEquals(List.of("/jdk/bin/java", "-Xint", "-cp", folder.toString(), MAIN, "7"),
                command.words().subList(4, command.words().size()));
        assertEquals(List.of("PATH=/usr/bin:/bin", "TZ=UTC"), command.environment());
        assertEquals(List.of(folder), command.files());
    }
}
