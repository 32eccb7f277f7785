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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with {@code bin} and {@code lib} as it is shipped.
 *
 * @param folder
 *            the folder above both
 */
record Distribution(Path folder) {
    private static final Instant FIRST_TIME = Instant.parse("2025-01-01T00:00:00Z");
    private static final long SECONDS_OF_A_YEAR = Duration.ofDays(365).toSeconds();
    /** With the flags of the kind, whatever the launcher would make of the arguments. */
    private static final String LAUNCH = "program=package root=$1/..; . \"$1/launch.sh\";"
            + " kind=$2 main=$3 jar=$4; shift 4; launch \"$kind\" \"$main\" \"$jar\" \"$@\"";

    /** Returns the folder of jars and caches. */
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

    /**
     * Gives all jars one time, by which a launcher knows that they are those of {@link #buildId}. It stands for the
     * bytes of all of them: the JVM refuses a cache when a jar has another time than at the training run, so equal
     * jars have equal times however often they are built, and other jars have another.
     */
    void dateJars() throws IOException, InterruptedException {
        for (Path jar : jars()) {
            Files.setLastModifiedTime(jar, time());
        }
    }

    private FileTime time() throws IOException, InterruptedException {
        return FileTime.from(FIRST_TIME.plusSeconds(Long.parseLong(checksum()) % SECONDS_OF_A_YEAR));
    }

    /** Writes {@link #buildId}, the last file, with the time of the jars. */
    void complete() throws IOException, InterruptedException {
        Files.writeString(buildId(), checksum() + "\n");
        Files.setLastModifiedTime(buildId(), time());
    }

    /**
     * Returns whether the program's launcher starts Java from its cache: there is one, and the JVM takes it with these
     * jars, these flags and this JDK. Without this question nobody hears of a refusal, it only costs time.
     */
    boolean startsFromCache(Program program) throws IOException, InterruptedException {
        if (!Files.exists(cache(program))) {
            return false;
        }
        return run(program, "-XX:AOTMode=on", Map.of(), "--version") == 0;
    }

    /**
     * Makes a program's cache of what a run of it has recorded.
     *
     * @throws IOException
     *             when the JVM refuses to
     */
    void assemble(Program program, Path recorded, Path cache) throws IOException, InterruptedException {
        String options = "-XX:AOTMode=create -XX:AOTConfiguration=" + recorded + " -XX:AOTCache=" + cache;
        int status = run(program, options, Map.of(), "--version");
        if (status != 0) {
            throw new IOException("no cache comes of what was recorded: status " + status);
        }
    }

    /** Has a program leave its cache, whatever the launcher would make of the arguments. */
    void train(Program program, String... arguments) throws IOException, InterruptedException {
        int status = run(program, "", Map.of("RELAYD_TRAIN_CACHE", "yes"), arguments);
        if (status != 0) {
            throw new IOException("a training run ended with status " + status);
        }
    }

    /** Runs a program with the flags of its kind and returns its status. */
    int run(Program program, String options, Map<String, String> more, String... arguments)
            throws IOException, InterruptedException {
        return finish(program(lib(), program, arguments), options, more);
    }

    /**
     * Runs a program in the folder of this distribution, of which it gets to know no other name and nothing of the
     * caller's language, so that no trace of either comes into what it writes.
     */
    int runInPlace(Program program, String options, String... arguments) throws IOException, InterruptedException {
        return finish(program(Path.of("lib"), program, arguments).directory(folder.toFile()), options,
                Map.of("LC_ALL", "C"));
    }

    private static ProcessBuilder program(Path lib, Program program, String... arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", LAUNCH, "sh", lib.toString(), program.kind(),
                program.mainClass(), program.jar()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words);
    }

    private static int finish(ProcessBuilder program, String options, Map<String, String> more)
            throws IOException, InterruptedException {
        ProcessBuilder builder = environment(program, options).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(more);
        return builder.start().waitFor();
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

    /** Leaves out what nobody reads, see {@link UnusedClasses} and {@link LocalVariables}. */
    void leaveOut() throws IOException {
        UnusedClasses unused = new UnusedClasses(jars());
        new Jar(lib().resolve(Libraries.NAME)).remove(unused::has);
        for (Path jar : jars()) {
            new Jar(jar).rewriteClasses(LocalVariables::dropped);
        }
    }

    /** Returns the checksum of the jars. */
    String checksum() throws IOException, InterruptedException {
        return ask("find_build_id; printf %s \"$build_id\"");
    }

    /** Returns where the program's launcher will look for its cache. */
    Path cache(Program program) throws IOException, InterruptedException {
        return Path.of(ask("find_cache " + program.kind() + "; printf %s \"$cache\""));
    }

    /** Returns what the launchers' own shell functions say, so that there is one place that names the caches. */
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

    /**
     * Returns a process builder for the program's launcher, set to the JDK of this process and to
     * nothing of the caller's.
     */
    ProcessBuilder start(Program program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(folder.resolve("bin").resolve(program.launcher()).toString()));
        command.addAll(Arrays.asList(arguments));
        return environment(new ProcessBuilder(command), "");
    }

    private static ProcessBuilder environment(ProcessBuilder builder, String javaOptions) {
        builder.environment().put("RELAYD_JAVA", System.getProperty("java.home"));
        builder.environment().put("RELAYD_JAVA_OPTS", javaOptions);
        builder.environment().put("RELAYD_PARENT_JAVA_OPTS", javaOptions);
        builder.environment().keySet()
                .removeAll(
                        List.of("RELAYD_TRAIN_CACHE", "RELAYD_TRAIN_WORKER", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return builder;
    }
}
