package org.relayd.packaging;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the classes of large libraries that nothing names: neither ours, nor other libraries, nor classes that are
 * named in turn, be it as a type or in a text from which a class might be loaded.
 *
 * <p>Only Bouncy Castle and Netty's handlers are looked through. What loads classes by names that it puts together
 * is taken as used as a whole: the algorithms of Bouncy Castle's provider, and all libraries but these two.
 */
final class UnusedClasses {
    private static final Pattern LOOKED_THROUGH = Pattern.compile("org/bouncycastle/.*|io/netty/handler/.*");
    private static final String NAMED_BY_PARTS = "org/bouncycastle/jcajce/provider/";
    private static final Pattern NAME = Pattern.compile("(?:org[/.]bouncycastle|io[/.]netty[/.]handler)[/.][\\w/.$]+");
    private static final Pattern FOR_A_RELEASE = Pattern.compile("^META-INF/versions/\\d+/");
    private static final String CLASS = ".class";

    private final Map<String, Set<String>> named = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> usedFolders = new HashSet<>();

    /** Takes in all classes of the jars that make up a program. */
    UnusedClasses(Iterable<Path> jars) throws IOException {
        for (Path jar : jars) {
            new Jar(jar).forEachClass((file, bytes) -> named
                    .computeIfAbsent(name(file), _ -> new HashSet<>()).addAll(names(bytes)));
        }
        Deque<String> next = new ArrayDeque<>(named.keySet().stream()
                .filter(name -> !LOOKED_THROUGH.matcher(name).matches() || name.startsWith(NAMED_BY_PARTS)).toList());
        while (!next.isEmpty()) {
            String name = next.pop();
            if (named.containsKey(name) && used.add(name)) {
                usedFolders.add(folder(name));
                next.addAll(named.get(name));
            }
        }
    }

    /** Returns whether a file of a jar is a class that nothing names, or lies where no class is used. */
    boolean has(String file) {
        String name = name(file);
        if (file.endsWith("/") || !LOOKED_THROUGH.matcher(name).matches()) {
            return false;
        }
        return file.endsWith(CLASS) ? !used.contains(name) : !usedFolders.contains(folder(name));
    }

    private static Set<String> names(byte[] bytes) {
        Set<String> names = new HashSet<>();
        for (var constant : ClassFile.of().parse(bytes).constantPool()) {
            if (constant instanceof Utf8Entry text) {
                names.addAll(NAME.matcher(text.stringValue()).results().map(MatchResult::group)
                        .map(name -> name.replace('.', '/')).collect(Collectors.toSet()));
            }
        }
        return names;
    }

    private static String name(String file) {
        String anyRelease = FOR_A_RELEASE.matcher(file).replaceFirst("");
        return anyRelease.endsWith(CLASS)
                ? anyRelease.substring(0, anyRelease.length() - CLASS.length())
                : anyRelease;
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }
}
