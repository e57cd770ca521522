package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * unshare(1) and mount(8) of util-linux 2.36 or later, which nearly every Linux has.
 *
 * <p>In two steps: the first has the rights of root and mounts what the sandbox sees; the second changes the root directory
 * and becomes Lambda's user in a user namespace, without any rights over the first.
 */
final class Unshare implements Namespaces {
    private static final String UNUSED = String.valueOf(HostUsers.UNUSED);

    private final boolean isRoots;

    private Unshare(boolean isRoots) {
        this.isRoots = isRoots;
    }

    /** Returns the variant whose first step is in a user namespace too, for every user where the machine allows these. */
    static Unshare ofAnyUser() {
        return new Unshare(false);
    }

    /**
     * Returns the variant whose first step the machine's root does. The sandbox's processes belong to a user of the machine
     * who owns nothing: they are limited in number, and root's files belong to another user, as on Lambda.
     */
    static Unshare ofRoot() {
        return new Unshare(true);
    }

    @Override
    public String name() {
        return isRoots ? "namespaces that root makes" : "user namespaces";
    }

    @Override
    public List<String> entrance() {
        return isRoots ? List.of("--net") : Namespaces.super.entrance();
    }

    @Override
    public List<String> command(SandboxLayout layout, SandboxRoot root) throws IOException {
        String unshare = SystemPrograms.require("unshare");
        Path fstab = layout.directory().resolve("fstab");
        Files.write(fstab, fstab(layout, root));
        List<String> command = new ArrayList<>(List.of(unshare));
        if (!isRoots) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child"));
        command.addAll(List.of("/bin/sh", root.script("unshare-setup.sh").toString()));
        command.addAll(List.of(SystemPrograms.require("mount"), fstab.toString(), HOST_NAME));
        command.add(root.path().toString());
        if (isRoots) {
            command.addAll(List.of(SystemPrograms.require("setpriv"), "--reuid", UNUSED, "--regid", UNUSED));
            // A change of user makes the kernel forget --kill-child.
            command.addAll(List.of("--clear-groups", "--pdeathsig", "KILL", "--no-new-privs"));
        }
        command.addAll(List.of(unshare, "--user", "--map-user=" + USER, "--map-group=" + GROUP));
        // Not every user may search the folders above it.
        command.addAll(List.of("--root=.", "--wd=" + SandboxPaths.LAMBDA.task()));
        if (!isRoots) {
            // The copy of the shell belongs to this user, who can read it until a program starts without capabilities.
            command.addAll(SystemPrograms.find("setpriv")
                    .filter(root::shows)
                    .map(setpriv -> List.of(setpriv, "--no-new-privs"))
                    .orElse(List.of(SandboxRoot.FIRST_PROCESS.get(0), "-c", "exec \"$@\"", "sh")));
        }
        return command;
    }

    /** Returns all mounts for one call of mount(8), in its order. */
    private List<String> fstab(SandboxLayout layout, SandboxRoot root) throws IOException {
        MountTable machine = MountTable.read();
        List<String> lines = new ArrayList<>(machine.readOnly(root.path(), root.path()));
        for (SandboxRoot.Mount mount : root.mounts()) {
            Path target = inside(root, mount.target());
            if (mount.isDevice()) {
                lines.add(MountTable.line(mount.source(), target, "none", "bind,nosuid"));
            } else {
                lines.addAll(machine.readOnly(mount.source(), target));
            }
        }
        lines.add(MountTable.line(Path.of("proc"), inside(root, "/proc"), "proc", "nosuid,nodev,noexec"));
        if (!isRoots) {
            for (Path settings : HostUsers.settingsOfRoot()) {
                lines.add(MountTable.line(
                        settings, inside(root, settings.toString()), "none", "bind,ro,nosuid,nodev,noexec"));
            }
        }
        lines.add(MountTable.line(
                Path.of("tmpfs"),
                inside(root, "/tmp"),
                "tmpfs",
                "mode=1777,size=" + layout.ephemeralStorageMb() + "m,nosuid,nodev"));
        return lines;
    }

    private static Path inside(SandboxRoot root, String target) {
        return root.path().resolve(target.substring(1));
    }
}
