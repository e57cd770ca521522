package io.github.lambdashell.contract;

import io.github.lambdashell.stack.code.FunctionPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Those that keep the function's protocol. */
enum Implementation {
    JAVA("java17", 1000),
    NODE("nodejs22.x", 1000),
    /** A command takes it a dozen processes, so ten times fewer show a leak as well. */
    BASH("provided.al2023", 100);

    final String runtime;

    /** How many commands in a row show whether it leaks. */
    final int manyCommands;

    Implementation(String runtime, int manyCommands) {
        this.runtime = runtime;
        this.manyCommands = manyCommands;
    }

    String handler() {
        try (FunctionPackage code = FunctionPackage.of(runtime, null)) {
            return code.handler();
        }
    }

    Map<String, String> environment() {
        try (FunctionPackage code = FunctionPackage.of(runtime, null)) {
            return code.execWrapper().isEmpty() ? Map.of() : Map.of("AWS_LAMBDA_EXEC_WRAPPER", code.execWrapper());
        }
    }

    /** Puts what is deployed where Lambda has it in /var/task. */
    void install(Path task) throws IOException {
        Path file = Files.createTempFile("lshell-contract-", ".zip");
        try (FunctionPackage code = FunctionPackage.of(runtime, null)) {
            code.writeTo(file);
        }
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                Path target = task.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.copy(zip.getInputStream(entry), target);
                boolean isProgram = (entry.getUnixMode() & 0100) != 0;
                Files.setPosixFilePermissions(
                        target, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
        Files.delete(file);
    }
}
