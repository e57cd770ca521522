package io.github.lambdashell.target.local.runtime;

import io.github.lambdashell.config.LocalConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runtimes that the local target has, as far as this machine can make them. Thread-safe. */
public final class LocalRuntimes {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRuntimes.class);

    private final List<LocalRuntime> runtimes;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private volatile Consumer<String> report = LOG::info;

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
     * Finds what runs functions of a runtime, and says, once for each, what is not as it is on Lambda.
     *
     * @param runtime Lambda's name of it
     * @param architecture {@code x86_64} or {@code arm64}
     * @throws UnsupportedRuntimeException when no function of that runtime can run on this machine
     */
    public LocalRuntime find(String runtime, String architecture) {
        LocalRuntime found = runtimes.stream()
                .filter(candidate -> candidate.runs(runtime))
                .findFirst()
                .orElseThrow(() -> new UnsupportedRuntimeException(
                        "The local target has no runtime " + runtime
                                + "; it has java, nodejs, python, ruby, dotnet and provided",
                        "Correct the runtime (lshell.runtime)"));
        sayOnce(found.difference(runtime));
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
        sayOnce(architecture.equals(machine) ? "" : architecture + " asked, running on this machine's " + machine);
        return found;
    }

    /** Sets the receiver of the lines about differences from Lambda. Defaults to the log. */
    public void reportTo(Consumer<String> listener) {
        report = listener;
    }

    private void sayOnce(String difference) {
        if (!difference.isEmpty() && said.add(difference)) {
            report.accept("Local target: " + difference);
        }
    }
}
