package io.github.lambdashell.target.local.runtime;

import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.config.LocalConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runtimes of the local target. Thread-safe. */
public final class LocalRuntimes {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRuntimes.class);

    private static final String MACHINE = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";

    private final List<LocalRuntime> runtimes;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
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
        LocalRuntime found = find(runtime);
        differences(runtime, architecture).forEach(this::logOnce);
        return found;
    }

    private LocalRuntime find(String runtime) {
        return runtimes.stream()
                .filter(candidate -> LambdaRuntimes.isKnown(runtime) && candidate.runs(runtime))
                .findFirst()
                .orElseThrow(() -> new UnsupportedRuntimeException(
                        "The local target has no runtime " + runtime + "; it has "
                                + String.join(", ", LambdaRuntimes.all()),
                        "Correct the runtime (lshell.runtime)"));
    }

    /**
     * Returns the differences of a runtime and an architecture from Lambda's.
     *
     * @throws UnsupportedRuntimeException when no function of that runtime can run on this machine
     */
    public List<String> differences(String runtime, String architecture) {
        String ofArchitecture =
                architecture.equals(MACHINE) ? "" : architecture + " requested, running on this machine's " + MACHINE;
        return Stream.of(find(runtime).difference(runtime), ofArchitecture)
                .filter(difference -> !difference.isEmpty())
                .toList();
    }

    /** Returns why this machine does not have a runtime and an architecture, and the remedy; empty if it has. */
    public Optional<String> missing(String runtime, String architecture) {
        if (!architecture.equals(MACHINE)) {
            return Optional.of("this machine is " + MACHINE + ", not " + architecture + "; run it on such a machine or"
                    + " with target=aws");
        }
        try {
            return find(runtime).missing(runtime);
        } catch (UnsupportedRuntimeException e) {
            String remedy = e.remedy();
            return Optional.of(
                    e.getMessage() + "; " + remedy.substring(0, 1).toLowerCase(Locale.ROOT) + remedy.substring(1));
        }
    }

    /** Sets the receiver of the lines about differences from Lambda. Defaults to the log. */
    public void reportTo(Consumer<String> listener) {
        report = listener;
    }

    private void logOnce(String difference) {
        if (reported.add(difference)) {
            report.accept("Local target: " + difference);
        }
    }
}
