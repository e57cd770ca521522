package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network namespace of a sandbox's own, which slirp4netns(1) connects with the machine's network: for connections from
 * inside over IPv4, and for the ports that the sandbox needs of the machine's loopback address. Started by namespace.sh.
 */
final class OwnNetwork {
    /** The sandbox's own address. */
    static final String ADDRESS = "169.254.100.100";

    /** The socket of slirp4netns's API, relative to the sandbox's directory, which no process of the sandbox sees. */
    static final String API = "network.sock";

    /** The address at which slirp4netns forwards to the machine's name servers, also to those on its loopback address. */
    private static final String NAME_SERVER = "169.254.100.3";

    private static final String DEVICE = "tap0";
    private static final String GATEWAY = "169.254.100.2 dev " + DEVICE;

    /** The metadata services of clouds, which would give the sandbox the machine's own credentials. */
    private static final List<String> METADATA =
            List.of("169.254.169.254", "169.254.170.2", "169.254.170.23", "100.100.100.200");

    /** The programs that it needs, and the packages that most systems have them in. */
    private static final Map<String, String> PROGRAMS = new TreeMap<>(Map.of(
            "slirp4netns", "slirp4netns",
            "ip", "iproute2",
            "nsenter", "util-linux",
            "setpriv", "util-linux",
            "unshare", "util-linux"));

    private static final Path TUN = Path.of("/dev/net/tun");
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    private OwnNetwork() {}

    /** @throws IsolationRefusedException when the machine lacks what it needs, as far as that can be seen from outside */
    static void require() throws IsolationRefusedException {
        Optional<String> missing =
                missing(program -> SystemPrograms.find(program).isPresent(), TUN);
        if (missing.isPresent()) {
            throw new IsolationRefusedException(missing.get());
        }
    }

    /**
     * Returns what to do about what the machine lacks; empty if nothing is missing.
     *
     * @param device of which slirp4netns makes the sandbox's network card
     */
    static Optional<String> missing(Predicate<String> isInstalled, Path device) {
        String packages = PROGRAMS.entrySet().stream()
                .filter(program -> !isInstalled.test(program.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!packages.isEmpty()) {
            return Optional.of("for a network of its own, install " + packages);
        }
        return Files.isReadable(device) && Files.isWritable(device)
                ? Optional.empty()
                : Optional.of("for a network of its own, give this user access to " + device);
    }

    /**
     * Returns the commands of ip(8) that configure the namespace. They send connections to the given ports out of the
     * namespace: slirp4netns then connects to the same address of the machine.
     *
     * @param ports of 127.0.0.1 that are the machine's
     */
    static String commands(List<Integer> ports) {
        Stream<String> device = Stream.of(
                "link set lo up",
                "tuntap add " + DEVICE + " mode tap",
                "link set " + DEVICE + " up mtu 65520",
                "address add " + ADDRESS + "/24 dev " + DEVICE,
                "route add default via " + GATEWAY,
                "route add default via " + GATEWAY + " table 100");
        Stream<String> unreachable =
                Stream.concat(METADATA.stream(), Stream.of("127.0.0.0/8")).map("route add unreachable %s"::formatted);
        // The table of local addresses comes first otherwise.
        Stream<String> rules = Stream.concat(
                ports.stream().map("rule add pref 10 to 127.0.0.1 ipproto tcp dport %d table 100"::formatted),
                Stream.of("rule add pref 20 table local", "rule del pref 0"));
        return Stream.of(device, unreachable, rules).flatMap(lines -> lines).collect(Collectors.joining("\n"));
    }

    /** Returns the sandbox's /etc/resolv.conf; empty if the machine has none. */
    static Optional<String> resolvConf() throws IOException {
        return Files.isReadable(RESOLV_CONF)
                ? Optional.of(resolvConf(Files.readAllLines(RESOLV_CONF)))
                : Optional.empty();
    }

    /** @param lines of the machine's file */
    static String resolvConf(List<String> lines) {
        return Stream.concat(
                        Stream.of("nameserver " + NAME_SERVER),
                        lines.stream().filter(line -> !line.matches("nameserver\\s.*")))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
