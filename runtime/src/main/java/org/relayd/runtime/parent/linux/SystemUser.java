package org.relayd.runtime.parent.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A user of the system. passwd(5).
 *
 * @param name
 *            its name
 * @param uid
 *            its number
 * @param gid
 *            number of its group
 */
record SystemUser(String name, int uid, int gid) {
    private static final Path USERS = Path.of("/etc/passwd");
    /** The user of the original, and the one that owns nothing on any system. */
    private static final List<String> WITHOUT_RIGHTS = List.of("_relayd", "nobody");

    /**
     * Returns the user that the worker and check scripts run as.
     *
     * @throws IOException
     *             if there is none
     */
    static SystemUser withoutRights() throws IOException {
        List<String> lines = Files.readAllLines(USERS);
        return WITHOUT_RIGHTS.stream().flatMap(name -> in(lines, name).stream()).findFirst()
                .orElseThrow(() -> new IOException("no user " + String.join(" or ", WITHOUT_RIGHTS) + " in " + USERS));
    }

    /** Returns the user with a name, except root by another name. */
    static Optional<SystemUser> in(List<String> lines, String name) {
        return lines.stream().map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 3 && fields[0].equals(name))
                .filter(fields -> fields[2].matches("[1-9][0-9]{0,8}") && fields[3].matches("[0-9]{1,9}"))
                .map(fields -> new SystemUser(name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
                .findFirst();
    }
}
