package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The ids of the machine's users that own the processes of sandboxes. On other systems than Linux, nobody is root. */
final class HostUsers {
    private static final Path THIS_PROCESS = Path.of("/proc/self");

    /**
     * The user of sandboxes where root runs Maven, because the kernel does not limit root's processes. It is the last of
     * the ids that systemd's documentation ("Users, Groups, UIDs and GIDs") lists as unused.
     */
    static final int UNUSED = 65533;

    private HostUsers() {}

    static boolean isRoot() {
        return Files.exists(THIS_PROCESS) && own().equals("0");
    }

    /**
     * Returns the parts of /proc in which root, even without any capability, can change the machine; none for other users.
     * Containers have them read-only (the default readonlyPaths of OCI runtimes).
     */
    static List<Path> settingsOfRoot() {
        return isRoot()
                ? Stream.of("bus", "fs", "irq", "sys", "sysrq-trigger")
                        .map(name -> Path.of("/proc", name))
                        .filter(Files::exists)
                        .toList()
                : List.of();
    }

    private static String own() {
        try {
            return Files.getAttribute(THIS_PROCESS, "unix:uid").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
