package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.NetworkMode;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates containers with the best isolation that the machine allows. The first container tries one isolation after the
 * other; all later ones are created like it. Thread-safe.
 */
public final class Containers {
    private static final Logger LOG = LoggerFactory.getLogger(Containers.class);

    private final String remedy;
    private final Queue<Isolation> untried;
    private final Set<String> refusals = new LinkedHashSet<>();
    private final Deque<String> networkRefusals = new ArrayDeque<>();
    private Isolation chosen;
    private volatile Consumer<String> report = LOG::info;

    /** Returns the runtime to start in a container with these paths. */
    @FunctionalInterface
    public interface Launcher extends Function<SandboxPaths, Launch> {}

    public Containers(LocalConfig config) {
        this(candidates(config), remedy(config));
    }

    /**
     * @param candidates the one most like Lambda first
     * @param remedy if this machine allows none of them
     */
    Containers(List<Isolation> candidates, String remedy) {
        this.untried = new ArrayDeque<>(candidates);
        this.remedy = remedy;
    }

    private static String remedy(LocalConfig config) {
        if (config.network() == NetworkMode.OWN) {
            return "Install slirp4netns, allow user namespaces, or accept this machine's network with "
                    + "-Dlshell.local.network=auto";
        }
        return "Install bubblewrap, allow user namespaces, or "
                + (config.rootfs() == null
                        ? "accept less with -Dlshell.local.isolation=auto"
                        : "do without lshell.local.rootfs");
    }

    private static List<Isolation> candidates(LocalConfig config) {
        Optional<Path> rootfs = Optional.ofNullable(config.rootfs());
        IsolationMode mode = config.isolation();
        List<Isolation> candidates = new ArrayList<>();
        if (mode != IsolationMode.NONE) {
            for (Namespaces tool : Namespaces.inOrder()) {
                if (config.network() != NetworkMode.HOST) {
                    candidates.add(new NamespaceIsolation(tool, rootfs, true));
                }
                if (config.network() != NetworkMode.OWN) {
                    candidates.add(new NamespaceIsolation(tool, rootfs, false));
                }
            }
        }
        if (mode != IsolationMode.FULL && config.network() != NetworkMode.OWN && rootfs.isEmpty()) {
            candidates.add(new PlainIsolation());
        }
        return candidates;
    }

    /**
     * Creates a container without starting the runtime in it.
     *
     * @throws ShellException when the machine does not allow the configured isolation
     * @throws IOException when it can't start processes
     */
    public Container create(SandboxLayout layout, Launcher launcher, SandboxLog log) throws IOException {
        Isolation isolation = chosen();
        return isolation == null ? choose(layout, launcher, log) : create(isolation, layout, launcher, log, true);
    }

    /** Sets the receiver of the line about the chosen isolation. Defaults to the log. */
    public void reportTo(Consumer<String> listener) {
        report = listener;
    }

    /** Describes the isolation for a person; empty before the first container. */
    public Optional<String> level() {
        return Optional.ofNullable(chosen()).map(Isolation::description);
    }

    private synchronized Isolation chosen() {
        return chosen;
    }

    private synchronized Container choose(SandboxLayout layout, Launcher launcher, SandboxLog log) throws IOException {
        if (chosen != null) {
            return create(chosen, layout, launcher, log, true);
        }
        for (Isolation isolation = untried.peek(); isolation != null; isolation = untried.peek()) {
            try {
                // A refusal quotes it.
                log.beginTail();
                Container container = create(isolation, layout, launcher, log, false);
                chosen = isolation;
                report.accept("Local target: isolation is " + isolation.description() + because());
                return container;
            } catch (IsolationRefusedException e) {
                boolean isOfNetwork = isolation instanceof NamespaceIsolation namespaces && namespaces.hasOwnNetwork();
                (isOfNetwork ? networkRefusals : refusals).add(e.getMessage());
                untried.remove();
                // The refused container has removed it.
                Files.createDirectories(layout.directory());
            }
        }
        Collection<String> all = refusals.isEmpty() ? new LinkedHashSet<>(networkRefusals) : refusals;
        throw new ShellException(
                "This machine does not let the local target isolate functions (" + String.join("; ", all) + ")",
                remedy);
    }

    private static Container create(
            Isolation isolation, SandboxLayout layout, Launcher launcher, SandboxLog log, boolean isProven)
            throws IOException {
        return isolation.create(layout, launcher.apply(isolation.paths(layout)), log, isProven);
    }

    /** Returns why it is not isolated better; empty if it is isolated fully. */
    private String because() {
        String reason = String.join("; ", refusals);
        if (chosen instanceof NamespaceIsolation namespaces) {
            reason = namespaces.hasOwnNetwork() || networkRefusals.isEmpty() ? "" : networkRefusals.getLast();
        }
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }
}
