package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * No more than a session of its own: the function runs as the user, sees the machine's files, and has a private
 * directory in place of /tmp. A terminal's Ctrl-C does not reach it, and it ends with Maven, however Maven ends.
 */
final class PlainIsolation implements Isolation {
    private final List<String> launcher;

    PlainIsolation() {
        this(HostSession.launcher());
    }

    /** @param launcher the start of the command line that creates a sandbox */
    PlainIsolation(List<String> launcher) {
        this.launcher = launcher;
    }

    @Override
    public String description() {
        return "none, functions run as plain processes of this user";
    }

    @Override
    public SandboxPaths paths(SandboxLayout layout) {
        return new SandboxPaths(
                layout.code().toString(),
                layout.layers().orElse(layout.directory().resolve("opt")).toString(),
                layout.language().toString(),
                layout.runtime().map(Path::toString).orElse(SandboxPaths.LAMBDA.runtime()),
                layout.directory().resolve("tmp").toString());
    }

    @Override
    public Container create(SandboxLayout layout, Launch launch, SandboxLog log, boolean isProven) throws IOException {
        Files.createDirectories(Path.of(paths(layout).tmp()));
        Path script =
                Files.writeString(layout.directory().resolve("supervisor.sh"), SandboxRoot.resource("plain-child.sh"));
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(launch.runtimeApi(), layout.directory().toString()));
        command.addAll(launch.command());
        ProcessBuilder builder = SystemPrograms.builder(command, launch.environmentScript())
                .directory(layout.code().toFile());
        ExtensionPrograms.addTo(builder, layout, paths(layout));
        return new PlainContainer(builder, layout.directory(), log, launch.runtimeApi());
    }
}
