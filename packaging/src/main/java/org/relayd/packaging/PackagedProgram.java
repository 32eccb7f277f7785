package org.relayd.packaging;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes the part of a package that is under {@code /usr/lib/relayd} of a distribution: for one system, with an image of
 * the JDK beside it, and archives of classes that the image starts from.
 *
 * <p>Other than the caches of a distribution, of which each program trains its own, the archives come from lists
 * ({@link ClassLists}): what is trained is never twice the same, and five caches take more room than a package has.
 */
public final class PackagedProgram {
    /** Native libraries that jars bring along, of all systems that JNR knows; their folder names the system. */
    private static final Pattern NATIVE = Pattern.compile("jni/(?<system>[^/]+)/.*");

    private PackagedProgram() {}

    /**
     * Completes the folder.
     *
     * @param arguments
     *            folder with {@code bin}, {@code lib} and {@code runtime}; the system as JNR names it (x86_64-Linux);
     *            folder with the lists of classes
     * @throws IOException
     *             when the folder cannot be read or written, or no archive comes of a list that all programs take
     * @throws InterruptedException
     *             when the build is being stopped
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Distribution program = new Distribution(Path.of(arguments[0]));
        if (!Files.isExecutable(program.folder().resolve("runtime/bin/java"))) {
            throw new IOException(program.folder() + ": no image of a JDK in there");
        }
        keepNatives(program.lib().resolve(Libraries.NAME), arguments[1]);
        nameControl(program.lib());
        program.dateJars();
        Path lists = Path.of(arguments[2]);
        new ClassArchive(program, Program.CHECK, "tools").make(lists.resolve("tools.classes"));
        new ClassArchive(program, Program.DAEMON, "server").make(lists.resolve("server.classes"));
        program.complete();
        for (Program each : Program.values()) {
            if (!program.startsFromCache(each)) {
                throw new IOException(each.kind() + " does not start from its archive of classes");
            }
        }
    }

    /** Leaves out the native libraries of other systems. */
    static void keepNatives(Path jar, String system) throws IOException {
        new Jar(jar).remove(name -> {
            var matcher = NATIVE.matcher(name);
            return matcher.matches() && !matcher.group("system").equals(system);
        });
    }

    /** Puts relayctl's jar into the class path of relayd's, so that one archive fits both. */
    private static void nameControl(Path lib) throws IOException {
        Path control = one(lib, "relayctl-*.jar");
        new Jar(one(lib, "relayd-main-*.jar")).rewriteClassPath(path -> path + " " + control.getFileName());
    }

    private static Path one(Path lib, String name) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(lib, name)) {
            List<Path> files = new ArrayList<>();
            found.forEach(files::add);
            if (files.size() != 1) {
                throw new IOException(lib + ": not one " + name + ": " + files);
            }
            return files.getFirst();
        }
    }
}
