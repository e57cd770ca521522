package io.github.lambdashell.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The function in a process of its own, started as Lambda would. Its log goes to a file. */
final class FunctionProcess implements Closeable {
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String HANDLER = ShellHandler.class.getName() + "::handleRequest";

    private final Process process;
    private final Path log;

    private FunctionProcess(ProcessBuilder builder, Map<String, String> environment, Path log) throws IOException {
        this.log = log;
        builder.environment().keySet().removeIf(name -> name.matches("LC_.*|LANG|JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /**
     * Through the wrapper script of the package, with the command line that a managed runtime has.
     *
     * @param shell runs the script
     * @param taskRoot see {@link #taskRoot}
     */
    static FunctionProcess wrapped(
            String shell, Path taskRoot, FakeRuntimeApi api, Map<String, String> environment, String... flags)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(shell, taskRoot.resolve(".lshell/wrapper").toString(), JAVA));
        command.addAll(List.of(flags));
        command.addAll(List.of("-jar", "/var/runtime/lib/client.jar", HANDLER));
        return start(new ProcessBuilder(command), taskRoot, api, environment);
    }

    /** Through the wrapper script, with a command line that starts AWS' own client for the project's handler. */
    static FunctionProcess withClient(Path taskRoot, FakeRuntimeApi api, Map<String, String> environment)
            throws IOException {
        return start(
                new ProcessBuilder(
                        "sh",
                        taskRoot.resolve(".lshell/wrapper").toString(),
                        JAVA,
                        "-Xmx200m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CLIENT,
                        HANDLER),
                taskRoot,
                api,
                environment);
    }

    /**
     * Under AWS' own client.
     *
     * @param taskRoot has links to the class path, for in some locales Java can't open what is not named in ASCII
     */
    static FunctionProcess stock(Path taskRoot, FakeRuntimeApi api, Map<String, String> environment)
            throws IOException {
        String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator);
        for (int i = 0; i < classPath.length; i++) {
            Path link = taskRoot.resolve("class-path-" + i);
            classPath[i] = Files.createSymbolicLink(link, Path.of(classPath[i])).toString();
        }
        return start(
                new ProcessBuilder(JAVA, "-cp", String.join(File.pathSeparator, classPath), CLIENT, HANDLER),
                taskRoot,
                api,
                environment);
    }

    private static FunctionProcess start(
            ProcessBuilder builder, Path taskRoot, FakeRuntimeApi api, Map<String, String> environment)
            throws IOException {
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        builder.environment().put("LAMBDA_TASK_ROOT", taskRoot.toString());
        builder.environment().put("_HANDLER", HANDLER);
        return new FunctionProcess(builder, environment, taskRoot.resolve("log"));
    }

    /** Makes a directory what /var/task is with our package in it. */
    static Path taskRoot(Path directory) throws IOException {
        Path lshell = Files.createDirectories(directory.resolve(".lshell"));
        Path classes = location(ShellHandler.class);
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = lshell.resolve(classes.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        try (InputStream file = Files.newInputStream(location(RequestStreamHandler.class));
                JarInputStream jar = new JarInputStream(file)) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (entry.getName().endsWith(".class")) {
                    Path copy = lshell.resolve(entry.getName());
                    Files.createDirectories(copy.getParent());
                    Files.copy(jar, copy);
                }
            }
        }
        return directory;
    }

    private static Path location(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    long pid() {
        return process.pid();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the function does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
