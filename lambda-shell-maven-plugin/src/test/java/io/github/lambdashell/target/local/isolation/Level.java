package io.github.lambdashell.target.local.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An isolation that a test can have on this machine, on a network of its own where that is possible. Where root runs the
 * test, an ordinary user starts some of them.
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
                                .flatMap(program -> Stream.concat(
                                        tapDevice(),
                                        Stream.of(
                                                program,
                                                "--reuid=" + ORDINARY,
                                                "--regid=" + ORDINARY,
                                                "--clear-groups"))),
                        HostSession.launcher().stream())
                .toList();
        List<Boolean> both = List.of(true, false);
        if (isRoot) {
            levels.add(full("namespaces of root", true, Unshare.ofRoot(), both, HostSession.launcher()));
            levels.add(full(
                    "namespaces of root on the machine network",
                    true,
                    Unshare.ofRoot(),
                    List.of(false),
                    HostSession.launcher()));
            levels.add(full("bubblewrap of root", false, new Bubblewrap(), both, HostSession.launcher()));
            levels.add(full("user namespaces of root", false, Unshare.ofAnyUser(), both, HostSession.launcher()));
        }
        if (!isRoot || setpriv.isPresent()) {
            levels.add(full("bubblewrap", true, new Bubblewrap(), both, ordinary));
            levels.add(full("user namespaces", true, Unshare.ofAnyUser(), both, ordinary));
        }
        levels.add(new Level("none", false, false, containers(List.of(new PlainIsolation(ordinary)))));
        return levels;
    }

    /** On some machines the device of slirp4netns(1) is root's only, which is not usual. */
    private static Stream<String> tapDevice() {
        return SystemPrograms.find("unshare").stream()
                .flatMap(unshare -> Stream.of(
                        unshare,
                        "--mount",
                        "/bin/sh",
                        "-c",
                        "mount -t tmpfs none /dev/net && mknod -m 666 /dev/net/tun c 10 200; exec \"$@\"",
                        "sh"));
    }

    /** @param networks whether the network is to be the sandbox's own; the first one that is possible */
    private static Level full(
            String name, boolean isLimited, Namespaces namespaces, List<Boolean> networks, List<String> launcher) {
        return new Level(
                name,
                true,
                isLimited,
                containers(networks.stream()
                        .<Isolation>map(isOwn -> new NamespaceIsolation(namespaces, Optional.empty(), isOwn, launcher))
                        .toList()));
    }

    private static Containers containers(List<Isolation> candidates) {
        return new Containers(candidates, "");
    }

    /** Whether the network is the sandbox's own; known after the first container. */
    public boolean hasOwnNetwork() {
        return containers.level().orElse("").contains("network of its own");
    }

    @Override
    public String toString() {
        return name;
    }
}
