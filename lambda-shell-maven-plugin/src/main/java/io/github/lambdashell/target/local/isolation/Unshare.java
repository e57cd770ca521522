package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * unshare(1) and mount(8) of util-linux 2.36 or later, which nearly every Linux has.
 *
 * <p>In two steps: the first has the rights of root and mounts what the sandbox sees; the second changes root and becomes
 * Lambda's user in a user namespace, without any rights over the first.
 */
final class Unshare implements Namespaces {
    private static final String UNUSED = String.valueOf(HostUsers.UNUSED);

    private final String script = Resources.text("unshare-setup.sh");
    private final boolean isRoots;

    private Unshare(boolean isRoots) {
        this.isRoots = isRoots;
    }

    /** Whose first step is done in a user namespace too, so that every user may where the machine allows these. */
    static Unshare ofAnyUser() {
        return new Unshare(false);
    }

    /**
     * Whose first step is done by the machine's root. The sandbox's processes belong to a user of the machine who has
     * nothing: they are limited in number, and files that are root's are another's to them, as on Lambda.
     */
    static Unshare ofRoot() {
        return new Unshare(true);
    }

    @Override
    public String name() {
        return isRoots ? "namespaces that root makes" : "user namespaces";
    }

    @Override
    public boolean isInstalled() {
        return Programs.find("unshare").isPresent()
                && Programs.find("mount").isPresent()
                && (!isRoots || Programs.find("setpriv").isPresent());
    }

    @Override
    public List<String> command(Place place, RootDirectory root) throws IOException {
        String unshare = Programs.find("unshare").orElseThrow();
        Path fstab = place.directory().resolve("fstab");
        Files.write(fstab, fstab(place, root));
        List<String> command = new ArrayList<>(List.of(unshare));
        if (!isRoots) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child"));
        command.addAll(List.of("/bin/sh", "-c", script, "lshell-sandbox"));
        command.addAll(List.of(Programs.find("mount").orElseThrow(), fstab.toString(), HOST_NAME));
        command.add(root.path().toString());
        if (isRoots) {
            command.addAll(List.of(Programs.find("setpriv").orElseThrow(), "--reuid", UNUSED, "--regid", UNUSED));
            // A change of user makes the kernel forget --kill-child.
            command.addAll(List.of("--clear-groups", "--pdeathsig", "KILL"));
        }
        command.addAll(List.of(unshare, "--user", "--map-user=" + USER, "--map-group=" + GROUP));
        // Not every user may search the folders above it.
        command.addAll(List.of("--root=.", "--wd=" + SandboxPaths.LAMBDA.task()));
        return command;
    }

    /** All mounts for one call of mount(8), in its order. */
    private static List<String> fstab(Place place, RootDirectory root) {
        List<String> lines = new ArrayList<>();
        // What is already mounted without these rights must not be given them anew.
        lines.add(line(root.path(), root.path(), "none", "bind,ro,nosuid,nodev"));
        for (RootDirectory.Mount mount : root.mounts()) {
            lines.add(line(
                    mount.source(),
                    inside(root, mount.target()),
                    "none",
                    mount.isDevice() ? "bind,nosuid" : "rbind,ro,nosuid,nodev"));
        }
        lines.add(line(Path.of("proc"), inside(root, "/proc"), "proc", "nosuid,nodev,noexec"));
        lines.add(line(
                Path.of("tmpfs"),
                inside(root, "/tmp"),
                "tmpfs",
                "mode=1777,size=" + place.ephemeralStorageMb() + "m,nosuid,nodev"));
        return lines;
    }

    private static Path inside(RootDirectory root, String target) {
        return root.path().resolve(target.substring(1));
    }

    /** White space is written as fstab(5) asks. */
    private static String line(Path source, Path target, String type, String options) {
        return String.join(" ", escape(source), escape(target), type, options, "0", "0");
    }

    private static String escape(Path path) {
        return path.toString().replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011");
    }
}
