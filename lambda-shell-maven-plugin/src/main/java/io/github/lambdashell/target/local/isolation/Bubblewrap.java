package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** bwrap(1), version 0.5 or later. Its read-only binds include everything mounted below their source. */
final class Bubblewrap implements Namespaces {
    @Override
    public String name() {
        return "bubblewrap";
    }

    @Override
    public List<String> command(SandboxLayout layout, SandboxRoot root) throws IOException {
        List<String> command = new ArrayList<>(List.of(SystemPrograms.require("bwrap")));
        command.addAll(List.of("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--as-pid-1"));
        command.addAll(List.of("--uid", String.valueOf(USER), "--gid", String.valueOf(GROUP)));
        command.addAll(List.of("--hostname", HOST_NAME, "--cap-drop", "ALL", "--die-with-parent"));
        command.addAll(List.of("--ro-bind", root.path().toString(), "/"));
        for (SandboxRoot.Mount mount : root.mounts()) {
            command.addAll(List.of(
                    mount.isDevice() ? "--dev-bind" : "--ro-bind",
                    mount.source().toString(),
                    mount.target()));
        }
        long bytes = layout.ephemeralStorageMb() * 1024L * 1024;
        command.addAll(List.of("--perms", "1777", "--size", String.valueOf(bytes), "--tmpfs", "/tmp"));
        command.addAll(List.of("--proc", "/proc", "--chdir", SandboxPaths.LAMBDA.task()));
        for (Path settings : HostUsers.settingsOfRoot()) {
            command.addAll(List.of("--ro-bind", settings.toString(), settings.toString()));
        }
        return command;
    }
}
