package io.github.lambdashell.target.local.runtime;

import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.config.LocalConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runtimes of the local target. Thread-safe. */
public final class LocalRuntimes {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRuntimes.class);

    private final List<LocalRuntime> runtimes;
    private final Set<String> differences = new ConcurrentSkipListSet<>();
    private volatile Consumer<String> report = LOG::warn;

    public LocalRuntimes(LocalConfig config) {
        this(
                new JavaHomes(config.javaHomes(), System.getenv()),
                new HostPrograms(System.getenv("PATH")),
                ImageRuntime.language(config.rootfs()));
    }

    LocalRuntimes(JavaHomes javaHomes, HostPrograms programs, Optional<Path> ofImage) {
        this.runtimes = Stream.of(new JavaRuntime(javaHomes), new NodeRuntime(programs), new ShellRuntime(programs))
                .map(runtime -> ofImage.<LocalRuntime>map(language -> new ImageRuntime(runtime, language))
                        .orElse(runtime))
                .toList();
    }

    /**
     * Finds a runtime, and logs its differences from Lambda's, each one once.
     *
     * @param runtime Lambda's name of it
     * @param architecture {@code x86_64} or {@code arm64}
     * @throws UnsupportedRuntimeException when no function of that runtime can run on this machine
     */
    public LocalRuntime find(String runtime, String architecture) {
        LocalRuntime found = runtimes.stream()
                .filter(candidate -> LambdaRuntimes.isKnown(runtime) && candidate.runs(runtime))
                .findFirst()
                .orElseThrow(() -> new UnsupportedRuntimeException(
                        "The local target has no runtime " + runtime + "; it has " + LambdaRuntimes.all(),
                        "Correct the runtime (lshell.runtime)"));
        logOnce(found.difference(runtime));
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
        logOnce(architecture.equals(machine) ? "" : architecture + " requested, running on this machine's " + machine);
        return found;
    }

    /** Returns the differences from Lambda's of the runtimes that were found so far. */
    public List<String> differences() {
        return List.copyOf(differences);
    }

    /** Sets the receiver of the lines about differences from Lambda. Defaults to the log. */
    public void reportTo(Consumer<String> listener) {
        report = listener;
    }

    private void logOnce(String difference) {
        if (!difference.isEmpty() && differences.add(difference)) {
            report.accept("Local target: " + difference);
        }
    }
}
