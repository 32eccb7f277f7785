package org.relayd.packaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Has {@code deb/build.sh} make packages with the JDK that runs this: the one that Maven's toolchains have found. */
public final class Packages {
    private Packages() {}

    /**
     * Runs the script, and ends with its status.
     *
     * @param arguments
     *            the script and its arguments
     * @throws IOException
     *             when there is no sh
     * @throws InterruptedException
     *             when the build is being stopped
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder script = new ProcessBuilder(command).inheritIO();
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        System.exit(script.start().waitFor());
    }
}
