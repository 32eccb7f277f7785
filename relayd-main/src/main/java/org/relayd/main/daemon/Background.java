package org.relayd.main.daemon;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sun.misc.Signal;

/**
 * Runs the daemon in the background, like daemon(3) without a change of folder. A JVM cannot fork, so the program
 * starts itself again; the first process hands on what the second says until it serves, and ends with its status if it
 * cannot.
 */
public final class Background {
    /** Set for the second process. */
    private static final String MARK = "RELAYD_IN_BACKGROUND";
    /** What the second process writes last to its standard error when it serves. */
    private static final int SERVING = 0;
    /** Where Linux tells the command line. */
    private static final Path WORDS = Path.of("/proc/self/cmdline");

    private Background() {}

    /** Returns whether this process is the second one. */
    public static boolean isHere() {
        return System.getenv(MARK) != null;
    }

    /**
     * Starts the second process and waits until it serves or has ended. Blocks.
     *
     * @return exit status for this process: 0 if the second one serves
     */
    public static int start() {
        try {
            ProcessBuilder again = new ProcessBuilder(command()).redirectInput(ProcessBuilder.Redirect.from(
                    new File("/dev/null"))).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            again.environment().put(MARK, "yes");
            Process second = again.start();
            endWith(second);
            return serves(second.getErrorStream()) ? 0 : Math.max(1, second.waitFor());
        } catch (IOException failure) {
            System.err.println("relayd: cannot run in the background: " + failure.getMessage());
            return 1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** Whoever ends this process early ends the start. */
    private static void endWith(Process second) {
        for (String end : List.of("TERM", "INT")) {
            Signal.handle(new Signal(end), _ -> second.destroy());
        }
    }

    private static List<String> command() throws IOException {
        ProcessHandle.Info self = ProcessHandle.current().info();
        Optional<String> program = self.command();
        Optional<List<String>> words = Files.isReadable(WORDS) ? Optional.of(words())
                : self.arguments().map(List::of);
        if (program.isEmpty() || words.isEmpty()) {
            throw new IOException("this system does not tell the command line; use -d");
        }
        List<String> command = new ArrayList<>();
        command.add(program.get());
        command.addAll(words.get());
        return command;
    }

    /** Returns the words after the program. The JDK tells those of a command line that fits into a page only. */
    private static List<String> words() throws IOException {
        String line = new String(Files.readAllBytes(WORDS), Charset.forName(System.getProperty("sun.jnu.encoding")));
        List<String> words = List.of(line.split("\0", -1));
        // Each ends with a zero.
        return words.subList(1, words.size() - 1);
    }

    /** Copies what the second process says until it serves or ends. */
    private static boolean serves(InputStream says) throws IOException {
        for (int octet = says.read(); octet >= 0; octet = says.read()) {
            if (octet == SERVING) {
                return true;
            }
            System.err.write(octet);
        }
        System.err.flush();
        return false;
    }

    /** In the second process, when it serves: tells the first one and leaves its standard error to /dev/null. */
    public static void serving() {
        try (OutputStream toFirst = new FileOutputStream(FileDescriptor.err)) {
            toFirst.write(SERVING);
        } catch (IOException gone) {
            // Whoever started it does not wait any more, which is no reason not to serve.
            return;
        }
    }
}
