package io.github.lambdashell.target.local.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** bwrap(1), version 0.5 or later. */
final class Bubblewrap implements Namespaces {
    private final Optional<String> program = Programs.find("bwrap");

    @Override
    public String name() {
        return "bubblewrap";
    }

    @Override
    public boolean isInstalled() {
        return program.isPresent();
    }

    @Override
    public List<String> command(Place place, RootDirectory root) {
        List<String> command = new ArrayList<>(List.of(program.orElseThrow()));
        command.addAll(List.of("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--as-pid-1"));
        command.addAll(List.of("--uid", String.valueOf(USER), "--gid", String.valueOf(GROUP)));
        command.addAll(List.of("--hostname", HOST_NAME, "--cap-drop", "ALL", "--die-with-parent"));
        command.addAll(List.of("--ro-bind", root.path().toString(), "/"));
        for (RootDirectory.Mount mount : root.mounts()) {
            command.addAll(List.of(
                    mount.isDevice() ? "--dev-bind" : "--ro-bind",
                    mount.source().toString(),
                    mount.target()));
        }
        long bytes = place.ephemeralStorageMb() * 1024L * 1024;
        command.addAll(List.of("--perms", "1777", "--size", String.valueOf(bytes), "--tmpfs", "/tmp"));
        command.addAll(List.of("--proc", "/proc", "--chdir", SandboxPaths.LAMBDA.task()));
        return command;
    }
}
