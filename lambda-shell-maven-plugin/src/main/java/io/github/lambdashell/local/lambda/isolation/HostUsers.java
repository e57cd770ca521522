package io.github.lambdashell.local.lambda.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The machine's users, by their ids, that a sandbox's processes may belong to. On Linux. */
public final class HostUsers {
    /**
     * Where root runs Maven: the kernel limits no process of root's. Of the ids that systemd's documentation ("Users,
     * Groups, UIDs and GIDs") names as used by nobody, the last one.
     */
    static final int UNUSED = 65533;

    private HostUsers() {}

    /** Who may speak for a function: this process's user and, if that is root, the one that sandboxes have then. */
    public static Set<String> ofFunctions() {
        return isRoot() ? Set.of("0", String.valueOf(UNUSED)) : Set.of(own());
    }

    static boolean isRoot() {
        return own().equals("0");
    }

    private static String own() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
