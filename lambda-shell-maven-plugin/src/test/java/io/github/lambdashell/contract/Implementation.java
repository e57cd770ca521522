package io.github.lambdashell.contract;

import io.github.lambdashell.stack.FunctionPackage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Those that keep the function's protocol. */
enum Implementation {
    JAVA("java17", FunctionPackage.HANDLER, 1000, Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/var/task/.lshell/wrapper")) {
        @Override
        void install(Path task) throws IOException {
            try (ZipInputStream zip = new ZipInputStream(
                    new ByteArrayInputStream(FunctionPackage.create().zip()))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    Path file = task.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
            Files.setPosixFilePermissions(
                    task.resolve(".lshell/wrapper"), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    },
    NODE("nodejs22.x", "index.handler", 1000, Map.of()) {
        @Override
        void install(Path task) throws IOException {
            String template =
                    Files.readString(Path.of("src/main/resources/io/github/lambdashell/stack/template-node.yaml"));
            String begin = "        ZipFile: |\n";
            int from = template.indexOf(begin) + begin.length();
            Files.writeString(
                    task.resolve("index.js"),
                    template.substring(from, template.indexOf("\n  FunctionRole:"))
                            .replaceAll("(?m)^ {10}", ""));
        }
    },
    /** A command takes it a dozen processes, so ten times fewer show a leak as well. */
    BASH("provided.al2023", "none", 100, Map.of()) {
        @Override
        void install(Path task) throws IOException {
            Path folder = Files.createDirectory(task.resolve(".lshell"));
            try (Stream<Path> files = Files.list(Path.of("../shell-function/src/main/bash"))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
            Files.copy(folder.resolve("wrapper"), task.resolve("bootstrap"));
            Files.setPosixFilePermissions(task.resolve("bootstrap"), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    };

    final String runtime;
    final String handler;

    /** How many commands in a row show whether it leaks. */
    final int manyCommands;

    final Map<String, String> environment;

    Implementation(String runtime, String handler, int manyCommands, Map<String, String> environment) {
        this.runtime = runtime;
        this.handler = handler;
        this.manyCommands = manyCommands;
        this.environment = environment;
    }

    /** Puts what is deployed where Lambda has it in /var/task. */
    abstract void install(Path task) throws IOException;
}
