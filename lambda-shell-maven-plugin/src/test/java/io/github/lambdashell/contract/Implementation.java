package io.github.lambdashell.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.lambdashell.target.code.FunctionPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The implementations of the function's protocol, as they are deployed. */
enum Implementation {
    JAVA("java17", "java"),
    /** The one inside its stack's template. */
    NODE("nodejs22.x", "node"),
    NODE_PACKAGE("nodejs22.x", "node"),
    BASH("provided.al2023", "curl");

    final String runtime;
    private final String program;

    /** @param program that it takes */
    Implementation(String runtime, String program) {
        this.runtime = runtime;
        this.program = program;
    }

    /** Whether this machine can run it. */
    boolean isHere() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    String handler() {
        if (this == NODE) {
            return "index.handler";
        }
        try (FunctionPackage code = FunctionPackage.of(runtime, null)) {
            return code.handler();
        }
    }

    Map<String, String> environment() {
        try (FunctionPackage code = FunctionPackage.of(runtime, null)) {
            return code.execWrapper().isEmpty() ? Map.of() : Map.of("AWS_LAMBDA_EXEC_WRAPPER", code.execWrapper());
        }
    }

    /** Writes the deployed files to the folder that becomes /var/task. */
    void install(Path task) throws IOException {
        if (this == NODE) {
            JsonNode template = new YAMLMapper()
                    .readTree(FunctionPackage.class.getResourceAsStream(
                            "/io/github/lambdashell/target/aws/template-node.yaml"));
            Files.writeString(
                    task.resolve("index.js"),
                    template.at("/Resources/ShellFunction/Properties/Code/ZipFile")
                            .textValue());
            return;
        }
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
