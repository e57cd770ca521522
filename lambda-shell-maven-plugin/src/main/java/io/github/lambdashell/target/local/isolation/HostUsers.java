package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The machine's users, by their ids, that a sandbox's processes may belong to; on Linux, elsewhere nobody is root. */
public final class HostUsers {
    private static final Path THIS_PROCESS = Path.of("/proc/self");

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
        return Files.exists(THIS_PROCESS) && own().equals("0");
    }

    private static String own() {
        try {
            return Files.getAttribute(THIS_PROCESS, "unix:uid").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
