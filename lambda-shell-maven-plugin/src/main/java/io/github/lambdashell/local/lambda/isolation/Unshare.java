package io.github.lambdashell.local.lambda.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * unshare(1) and mount(8) of util-linux 2.36 or later, which nearly every Linux has.
 *
 * <p>In two steps: the first has the rights of root in a user namespace of its own and mounts what the sandbox sees; the
 * second changes root and becomes Lambda's user in another user namespace, without any rights over the first.
 */
final class Unshare implements Namespaces {
    private final String script = Resources.text("unshare-setup.sh");

    @Override
    public String name() {
        return "user namespaces";
    }

    @Override
    public boolean isInstalled() {
        return Programs.find("unshare").isPresent() && Programs.find("mount").isPresent();
    }

    @Override
    public List<String> command(Place place, RootDirectory root) throws IOException {
        String unshare = Programs.find("unshare").orElseThrow();
        Path fstab = place.directory().resolve("fstab");
        Files.write(fstab, fstab(place, root));
        return List.of(
                unshare,
                "--user",
                "--map-root-user",
                "--mount",
                "--pid",
                "--ipc",
                "--uts",
                "--fork",
                "--kill-child",
                "/bin/sh",
                "-c",
                script,
                "lshell-sandbox",
                Programs.find("mount").orElseThrow(),
                fstab.toString(),
                HOST_NAME,
                unshare,
                "--user",
                "--map-user=" + USER,
                "--map-group=" + GROUP,
                "--root=" + root.path(),
                "--wd=" + SandboxPaths.LAMBDA.task());
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
