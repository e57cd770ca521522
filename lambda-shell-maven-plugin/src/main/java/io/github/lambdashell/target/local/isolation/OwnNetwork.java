package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network namespace of a sandbox's own, which pasta(1) of the project passt connects with the machine's network: for
 * connections from inside over IPv4, and for the ports that the sandbox needs of the machine's loopback address. Started
 * by namespace.sh.
 */
final class OwnNetwork {
    /** The name server in the sandbox, which stands for one of the machine that is out of reach in it. */
    private static final String NAME_SERVER = "169.254.100.5";

    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    /** The metadata service of a cloud can be its name server too. */
    private static final String UNREACHABLE_SERVER = "nameserver\\s+(127\\.\\S+|::1|169\\.254\\.169\\.254)\\s*";

    private OwnNetwork() {}

    /** @throws IsolationRefusedException when a program that it needs is not installed */
    static void require() throws IsolationRefusedException {
        for (String program : List.of("pasta", "ip", "nsenter", "setpriv", "unshare")) {
            SystemPrograms.require(program);
        }
    }

    /**
     * Returns pasta's options, in the form of version 2023-03 and later.
     *
     * @param ports of 127.0.0.1 that are the machine's
     */
    static String options(List<Integer> ports) throws IOException {
        String list = ports.stream().map(String::valueOf).collect(Collectors.joining(","));
        return "--quiet --foreground --ipv4-only --config-net --no-map-gw --no-netns-quit"
                + " --tcp-ports none --udp-ports none --udp-ns none --tcp-ns " + list
                + (resolvConf().isPresent() ? " --dns-forward " + NAME_SERVER : "");
    }

    /** Returns the sandbox's /etc/resolv.conf; empty if the machine's name servers can be reached. */
    static Optional<String> resolvConf() throws IOException {
        return Files.isReadable(RESOLV_CONF) ? resolvConf(Files.readAllLines(RESOLV_CONF)) : Optional.empty();
    }

    /** @param lines of the machine's file */
    static Optional<String> resolvConf(List<String> lines) {
        if (lines.stream().noneMatch(line -> line.matches(UNREACHABLE_SERVER))) {
            return Optional.empty();
        }
        return Optional.of(Stream.concat(
                        Stream.of("nameserver " + NAME_SERVER),
                        lines.stream().filter(line -> !line.matches(UNREACHABLE_SERVER)))
                .collect(Collectors.joining("\n", "", "\n")));
    }
}
