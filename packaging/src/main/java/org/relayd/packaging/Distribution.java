package org.relayd.packaging;

import java.io.IOException;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder with {@code bin} and {@code lib} as it is shipped.
 *  @param folder the folder above both */
record Distribution(Path folder) {

    /** Folder of jars and caches. */
    Path lib() {
        return folder.resolve("lib");
    }

    /** File that is written last: a distribution that has it is complete. Holds the checksum of the jars. */
    Path buildId() {
        return lib().resolve("BUILD-ID");
    }

    private List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(lib(), "*.jar")) {
            found.forEach(jars::add);
        }
        Collections.sort(jars);
        return jars;
    }

    private static boolean isOwn(Path jar) {
        return jar.getFileName().toString().startsWith("relay");
    }

    /** Makes one jar of those of others, see {@link Libraries}, and names it in the class paths of the programs. */
    void mergeLibraries() throws IOException {
        Libraries libraries = new Libraries();
        List<Path> others = jars().stream().filter(jar -> !isOwn(jar)).toList();
        for (Path jar : others) {
            libraries.add(jar);
            Files.delete(jar);
        }
        libraries.write(lib().resolve(Libraries.NAME));
        for (Path jar : jars()) {
            new Jar(jar).rewriteClassPath(path -> Stream.concat(
                    Stream.of(path.split(" ")).filter(name -> Files.exists(lib().resolve(name))),
                    Stream.of(Libraries.NAME)).collect(Collectors.joining(" ")));
        }
    }

    /** Gives all jars one time, by which a launcher knows that they are those of {@link #buildId}. */
    void dateJars(FileTime time) throws IOException {
        for (Path jar : jars()) {
            Files.setLastModifiedTime(jar, time);
        }
    }

    /** Writes {@link #buildId}, the last file.
     *  @param time that of the jars */
    void complete(FileTime time) throws IOException, InterruptedException {
        Files.writeString(buildId(), checksum() + "\n");
        Files.setLastModifiedTime(buildId(), time);
    }

    /** Rewrites relayd's own jars, see {@link TypeSwitches} and {@link RecordMethods}. */
    void replaceBootstraps() throws IOException {
        List<Path> jars = jars();
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        try (URLClassLoader classes = new URLClassLoader(urls.toArray(URL[]::new))) {
            ClassHierarchyResolver hierarchy = ClassHierarchyResolver.ofResourceParsing(classes).cached();
            TypeSwitches switches = new TypeSwitches(hierarchy);
            RecordMethods records = new RecordMethods(hierarchy);
            for (Path jar : jars) {
                if (isOwn(jar)) {
                    new Jar(jar).rewriteClasses(bytes -> records.replaced(switches.replaced(bytes)));
                }
            }
        }
    }

    /** Checksum of the jars. */
    String checksum() throws IOException, InterruptedException {
        return ask("find_build_id; printf %s \"$build_id\"");
    }

    /** Where the program's launcher will look for its cache. */
    Path cache(Program program) throws IOException, InterruptedException {
        return Path.of(ask("find_cache " + program.kind() + "; printf %s \"$cache\""));
    }

    /** What the launchers' own shell functions say, so that there is one place that names the caches. */
    private String ask(String commands) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "program=package lib=$1; . \"$lib/launch.sh\"; " + commands,
                "sh",
                lib().toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (shell.waitFor() != 0) {
            throw new IOException(lib() + "/launch.sh: fails at " + commands);
        }
        return answer;
    }

    /** A process builder for the program's launcher, set to the JDK of this process and to nothing of the caller's. */
    ProcessBuilder start(Program program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(folder.resolve("bin").resolve(program.launcher()).toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("RELAYD_JAVA", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("RELAYD_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return builder;
    }
}
