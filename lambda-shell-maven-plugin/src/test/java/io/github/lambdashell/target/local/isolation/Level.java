package io.github.lambdashell.target.local.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An isolation that a test can have on this machine. Where root runs the test, an ordinary user starts some of them.
 *
 * @param isFull whether the sandbox has namespaces of its own
 * @param isLimited whether the number of its processes is limited
 */
public record Level(String name, boolean isFull, boolean isLimited, Containers containers) {
    /** A user that owns nothing. */
    private static final String ORDINARY = "65532";

    /** Returns all that this machine may allow; a container of some may be refused. */
    public static List<Level> all() {
        List<Level> levels = new ArrayList<>();
        boolean isRoot = HostUsers.isRoot();
        Optional<String> setpriv = SystemPrograms.find("setpriv").filter(program -> isRoot);
        List<String> ordinary = Stream.concat(
                        setpriv.stream()
                                .flatMap(program -> Stream.of(
                                        program, "--reuid=" + ORDINARY, "--regid=" + ORDINARY, "--clear-groups")),
                        HostSession.launcher().stream())
                .toList();
        if (isRoot) {
            levels.add(full("namespaces of root", true, Unshare.ofRoot(), HostSession.launcher()));
            levels.add(full("bubblewrap of root", false, new Bubblewrap(), HostSession.launcher()));
            levels.add(full("user namespaces of root", false, Unshare.ofAnyUser(), HostSession.launcher()));
        }
        if (!isRoot || setpriv.isPresent()) {
            levels.add(full("bubblewrap", true, new Bubblewrap(), ordinary));
            levels.add(full("user namespaces", true, Unshare.ofAnyUser(), ordinary));
        }
        levels.add(new Level("none", false, false, containers(new PlainIsolation(ordinary))));
        return levels;
    }

    private static Level full(String name, boolean isLimited, Namespaces namespaces, List<String> launcher) {
        return new Level(
                name, true, isLimited, containers(new NamespaceIsolation(namespaces, Optional.empty(), launcher)));
    }

    private static Containers containers(Isolation isolation) {
        return new Containers(List.of(isolation), Optional.empty());
    }

    @Override
    public String toString() {
        return name;
    }
}
