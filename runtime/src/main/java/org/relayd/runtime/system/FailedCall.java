package org.relayd.runtime.system;

import java.net.PortUnreachableException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the error of the system in what Netty and the JDK throw. This is the one place that reads their texts: the JDK
 * keeps no numbers, only the system's words, and Netty has them in its texts. None of its classes is named here,
 * because the process that has the rights does not load them.
 */
public final class FailedCall {
    /**
     * {@code bind(..) failed with error(-98): Address already in use} of Netty,
     * {@code Exec failed, error: 2 (No such file or directory)} of the JDK.
     */
    private static final Pattern NUMBER = Pattern.compile("\\berror(?:\\(-|: )([0-9]{1,4})\\b");
    /** What the JDK has of its own for it. */
    private static final String JDK_RESET = "Connection reset";

    private static final Map<String, ErrorName> BY_WORDS = Stream.of(ErrorName.values())
            .flatMap(name -> Stream.of(name.linuxWords(), name.bsdWords()).distinct()
                    .map(words -> Map.entry(words, name)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private FailedCall() {}

    /** Returns why a call failed, if the system refused it. */
    public static Optional<Errno> errno(Throwable failure) {
        return Stream.iterate(Optional.of(failure), Optional::isPresent, thrown -> thrown.map(Throwable::getCause))
                .map(Optional::orElseThrow).map(FailedCall::ofItself).flatMap(Optional::stream).findFirst();
    }

    /** Returns the system's words for a failure, or what it says itself. */
    public static String words(Throwable failure) {
        return errno(failure).map(Errno::words).orElseGet(
                () -> Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName()));
    }

    /**
     * Returns what the kernel said in a complaint of a library that keeps no numbers, libnftables:
     * {@code Could not process rule: Operation not permitted}.
     */
    public static Optional<Errno> errnoIn(String complaint) {
        return Stream.of(ErrorName.values()).filter(name -> complaint.contains(name.linuxWords())).findFirst()
                .map(Errno::of);
    }

    private static Optional<Errno> ofItself(Throwable failure) {
        return switch (failure) {
            case SystemException known -> Optional.of(known.errno());
            case PortUnreachableException _ -> Optional.of(Errno.of(ErrorName.ECONNREFUSED));
            default -> Optional.ofNullable(failure.getMessage()).flatMap(FailedCall::ofText);
        };
    }

    private static Optional<Errno> ofText(String text) {
        Matcher number = NUMBER.matcher(text);
        if (number.find()) {
            return Optional.of(Errno.of(Integer.parseInt(number.group(1))));
        }
        return Optional.ofNullable(text.equals(JDK_RESET) ? ErrorName.ECONNRESET : BY_WORDS.get(text)).map(Errno::of);
    }
}
