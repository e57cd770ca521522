package io.github.lambdashell.local.lambda.sandbox;

import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * No more than a session of its own: the function runs as the user, sees the machine's files, and has a private
 * directory in place of /tmp. A terminal's Ctrl-C does not reach it, and it ends with Maven, however Maven ends.
 */
final class PlainIsolation implements Isolation {
    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/local/bin"));

    private final String script;
    private final List<String> launcher;

    PlainIsolation() {
        this.script = Resources.text("plain-child.sh");
        this.launcher = ownSession();
    }

    /** Without setsid(1), as on macOS, a shell with job control gives its child a group. */
    private static List<String> ownSession() {
        Optional<Path> setsid = program("setsid");
        if (setsid.isPresent()) {
            return List.of(setsid.get().toString());
        }
        Path bash = program("bash")
                .orElseThrow(() -> new ShellException(
                        "The local target found neither setsid nor bash in /usr/bin, /bin and /usr/local/bin, and "
                                + "can't keep functions apart from Maven",
                        "Install bash, or use -Dlshell.target=aws"));
        return List.of(bash.toString(), "-c", "trap : INT QUIT TSTP; set -m; \"$@\" <&0 & wait $!", "bash");
    }

    static Optional<Path> program(String name) {
        return PROGRAMS.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public String description() {
        return "none: functions run as plain processes of this user";
    }

    @Override
    public SandboxPaths paths(Path codeDirectory, Path language, Path directory) {
        return new SandboxPaths(
                codeDirectory.toString(),
                directory.resolve("opt").toString(),
                language.toString(),
                directory.resolve("tmp").toString());
    }

    @Override
    public Container create(Launch launch, SandboxLog log) throws IOException {
        Files.createDirectories(Path.of(launch.paths().tmp()));
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of("/bin/sh", "-c", script, "sandbox-" + launch.sandboxId()));
        command.add(launch.runtimeApi());
        command.add(launch.directory().toString());
        command.addAll(launch.command());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(launch.codeDirectory().toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        return new PlainContainer(builder, launch.directory(), log);
    }
}
