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
    private final String script = Resources.text("plain-child.sh");
    private final List<String> launcher = OwnSession.launcher();

    @Override
    public String description() {
        return "none, functions run as plain processes of this user";
    }

    @Override
    public SandboxPaths paths(Place place) {
        return new SandboxPaths(
                place.code().toString(),
                place.layers().orElse(place.directory().resolve("opt")).toString(),
                place.language().toString(),
                place.directory().resolve("tmp").toString());
    }

    @Override
    public Container create(Place place, Launch launch, SandboxLog log) throws IOException {
        Files.createDirectories(Path.of(paths(place).tmp()));
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of("/bin/sh", "-c", script, "lshell-sandbox"));
        command.addAll(List.of(launch.runtimeApi(), place.directory().toString()));
        command.addAll(launch.command());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(place.code().toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        return new PlainContainer(builder, place.directory(), log);
    }
}
