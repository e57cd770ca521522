package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes containers in the best way that the machine allows. Which that is, the first container shows, for which one way
 * after the other is tried; all later ones are made like it. Thread-safe.
 */
public final class Containers {
    private static final Logger LOG = LoggerFactory.getLogger(Containers.class);

    private final Optional<Path> rootfs;
    private final Queue<Isolation> untried;
    private final List<String> refusals = new ArrayList<>();
    private Isolation chosen;

    /** What is to run in a container, given where it will find things. */
    @FunctionalInterface
    public interface Launcher extends Function<SandboxPaths, Launch> {}

    public Containers(LocalConfig config) {
        this.rootfs = Optional.ofNullable(config.rootfs());
        IsolationMode mode = config.isolation();
        List<Isolation> candidates = new ArrayList<>();
        if (mode != IsolationMode.NONE) {
            for (Namespaces tool : Namespaces.inOrder()) {
                candidates.add(new NamespaceIsolation(tool, rootfs));
            }
        }
        if (mode != IsolationMode.FULL && rootfs.isEmpty()) {
            candidates.add(new PlainIsolation());
        }
        untried = new ArrayDeque<>(candidates);
    }

    /**
     * Makes a container without starting the runtime in it.
     *
     * @throws ShellException when the machine does not allow the isolation that was asked for
     * @throws IOException when it can't start processes
     */
    public Container create(Place place, Launcher launcher, SandboxLog log) throws IOException {
        Isolation isolation = chosen();
        return isolation == null ? choose(place, launcher, log) : create(isolation, place, launcher, log);
    }

    /** How far containers are kept apart, for a person to read; empty before the first one has shown it. */
    public Optional<String> level() {
        return Optional.ofNullable(chosen()).map(Isolation::description);
    }

    private synchronized Isolation chosen() {
        return chosen;
    }

    private synchronized Container choose(Place place, Launcher launcher, SandboxLog log) throws IOException {
        if (chosen != null) {
            return create(chosen, place, launcher, log);
        }
        for (Isolation isolation = untried.peek(); isolation != null; isolation = untried.peek()) {
            try {
                Container container = create(isolation, place, launcher, log);
                chosen = isolation;
                LOG.info("Local target: isolation is {}{}", isolation.description(), because());
                return container;
            } catch (IsolationRefusedException e) {
                refusals.add(e.getMessage());
                untried.remove();
                // The refused one took it along.
                Files.createDirectories(place.directory());
            }
        }
        throw new ShellException(
                "This machine does not let the local target isolate functions (" + String.join("; ", refusals) + ")",
                "Install bubblewrap, allow user namespaces, or "
                        + (rootfs.isEmpty()
                                ? "accept less with -Dlshell.local.isolation=auto"
                                : "do without lshell.local.rootfs"));
    }

    private static Container create(Isolation isolation, Place place, Launcher launcher, SandboxLog log)
            throws IOException {
        return isolation.create(place, launcher.apply(isolation.paths(place)), log);
    }

    private String because() {
        return refusals.isEmpty() || chosen instanceof NamespaceIsolation
                ? ""
                : " (" + String.join("; ", refusals) + ")";
    }
}
