package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The programs of external extensions: the files directly in /opt/extensions, in the order of their names. Only layers can
 * have put them there.
 *
 * @param files outside of the sandbox, possibly none
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html">Lambda Extensions API</a>
 */
public record ExtensionPrograms(List<Path> files) {
    private static final String FOLDER = "extensions";
    /** Limit for all extensions of a function. */
    public static final int MAX = 10;

    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    /** Returns those of a function's merged layers. */
    public static ExtensionPrograms of(Optional<Path> layers) throws IOException {
        if (layers.isEmpty() || !Files.isDirectory(layers.get().resolve(FOLDER))) {
            return new ExtensionPrograms(List.of());
        }
        Path folder = layers.get().resolve(FOLDER);
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, file -> !Files.isDirectory(file))) {
            entries.forEach(files::add);
        }
        Collections.sort(files);
        return new ExtensionPrograms(List.copyOf(files));
    }

    public List<String> names() {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }

    /**
     * Returns why one of them can't be started, in Lambda's words. The shell that starts them would run a file of another
     * kind as a script.
     */
    public Optional<String> launchError() throws IOException {
        if (files.size() > MAX) {
            return Optional.of("ErrTooManyExtensions");
        }
        for (Path file : files) {
            String problem =
                    Files.isExecutable(file) ? isProgram(file) ? null : "exec format error" : "permission denied";
            if (problem != null) {
                return Optional.of(launchError(file.getFileName().toString(), problem));
            }
        }
        return Optional.empty();
    }

    /** Returns the words for an extension that can't be started. */
    public static String launchError(String name, String problem) {
        return "fork/exec " + SandboxPaths.LAMBDA.opt() + "/" + FOLDER + "/" + name + ": " + problem;
    }

    private static boolean isProgram(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(ELF.length);
            return Arrays.equals(start, ELF) || start.length > 1 && start[0] == '#' && start[1] == '!';
        }
    }

    /** Adds shell commands that start them to the environment of a sandbox's process; nothing if there are none. */
    static void addTo(ProcessBuilder builder, SandboxLayout layout, SandboxPaths paths) throws IOException {
        ExtensionPrograms programs = of(layout.layers());
        if (programs.files.isEmpty()) {
            return;
        }
        StringBuilder script = new StringBuilder("set --");
        for (String name : programs.names()) {
            script.append(" '")
                    .append((paths.opt() + "/" + FOLDER + "/" + name).replace("'", "'\\''"))
                    .append('\'');
        }
        builder.environment().put("LSHELL_EXTENSIONS", script + "\n" + SandboxRoot.resource("extensions.sh"));
    }

    /**
     * Adds the name under which extensions are reached by telemetry.
     *
     * @param address the sandbox's own
     */
    static void addHosts(SandboxRoot root, SandboxLayout layout, String address) throws IOException {
        if (!of(layout.layers()).files.isEmpty()) {
            Path hosts = Path.of("/etc/hosts");
            String text = Files.isReadable(hosts) ? Files.readString(hosts) : "";
            root.write("/etc/hosts", text + "\n" + address + " sandbox.localdomain sandbox\n");
        }
    }

    /** Returns the file with the output of all of them. */
    public static Path output(Path sandboxDirectory) {
        return sandboxDirectory.resolve("extensions.log");
    }
}
