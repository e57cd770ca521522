package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    private static String own() {
        try {
            return Files.getAttribute(THIS_PROCESS, "unix:uid").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
