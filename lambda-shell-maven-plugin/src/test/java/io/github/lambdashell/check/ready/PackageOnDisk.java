package io.github.lambdashell.check.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.ready.BuildFiles.Dependency;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.target.local.runtime.RuntimeLibraries;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A package with its layer in folders, and the check of its class path on this machine. */
abstract class PackageOnDisk {
    @TempDir
    static Path runtime;

    @TempDir
    Path directory;

    Path task;
    Path opt;
    Path libraries;
    BuildFiles build = BuildFiles.NONE;

    @BeforeAll
    static void createRuntime() throws IOException {
        RuntimeLibraries.copyTo(runtime.resolve("lib"));
    }

    @BeforeEach
    void createFolders() throws IOException {
        task = Files.createDirectories(directory.resolve("task"));
        opt = Files.createDirectories(directory.resolve("opt"));
        libraries = Files.createDirectories(task.resolve("lib"));
    }

    /** Compiles a class of a package. */
    final byte[] compile(String name, String members) throws IOException {
        Path classes = Files.createTempDirectory(directory, "classes");
        int dot = name.lastIndexOf('.');
        Path source = classes.resolve(name.substring(dot + 1) + ".java");
        Files.writeString(
                source,
                "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1) + " { " + members
                        + " }");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "11", "-nowarn", "-d", classes.toString(), source.toString());
        assertThat(status).isZero();
        return Files.readAllBytes(classes.resolve(name.replace('.', '/') + ".class"));
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] pom(String version) {
        return text("groupId=com.example\nartifactId=codecs\nversion=" + version + "\n");
    }

    static Path jar(Path file, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (String name : files.keySet().stream().sorted().toList()) {
                jar.putNextEntry(new JarEntry(name));
                jar.write(files.get(name));
            }
        }
        return file;
    }

    /** Adds files to the folder of the package, as Lambda unpacks them. */
    final void unpack(Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = task.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    final CheckResult check(String block, String runtimeName) throws IOException {
        Path file = directory.resolve("commands.yaml");
        Files.writeString(file, """
                - classPath: %s
                  environmentVariables:
                    LAMBDA_TASK_ROOT: '%s'
                    LAMBDA_RUNTIME_DIR: '%s'
                    LD_LIBRARY_PATH: '/lib64:%s/lib'
                    LSHELL_RUNTIME: '%s'
                    PATH: '%s/bin:%s'
                """.formatted(
                block, task, runtime, opt, runtimeName, System.getProperty("java.home"), System.getenv("PATH")));
        Settings settings =
                new Settings(directory, false, false, Optional.empty(), false, Map.of(), Map.of(), () -> build);
        List<Check> checks = Checks.read(Optional.empty(), Optional.of(file), settings);
        return new CheckRunner(new LocalShell(), Checks.options("checks", 1, false), List.of())
                .run(checks)
                .results()
                .get(0);
    }

    final List<String> violations(String block) throws IOException {
        return check(block, "java17").violations().stream().map(Violation::text).toList();
    }

    final List<String> violations() throws IOException {
        return violations("{}");
    }

    /** Returns the notes of a check without a problem. */
    final List<String> notes() throws IOException {
        CheckResult result = check("{}", "java17");
        assertThat(result.status()).as("%s", result.violations()).isEqualTo(Status.PASSED);
        return result.run().orElseThrow().stdout().head().lines().toList();
    }

    final void dependency(String name, Map<String, byte[]> files) throws IOException {
        Path jar = jar(directory.resolve("repository/" + name.replace(':', '-') + ".jar"), files);
        build = BuildFiles.of(List.of(new Dependency(name, jar)), Optional.empty());
    }

    static byte[] plugins(String... classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(1);
        out.writeUTF("core");
        out.writeInt(classes.length);
        for (String name : classes) {
            out.writeUTF(name.toLowerCase(Locale.ROOT));
            out.writeUTF(name);
            out.writeUTF(name);
            out.writeBoolean(true);
            out.writeBoolean(false);
        }
        return bytes.toByteArray();
    }

    final void run(String tool, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/" + tool));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("tool.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(directory.resolve("tool.log")))
                .isZero();
    }
}
