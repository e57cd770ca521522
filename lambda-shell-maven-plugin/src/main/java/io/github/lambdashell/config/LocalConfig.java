package io.github.lambdashell.config;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Settings of the local target.
 *
 * @param isolation the isolation of functions from this machine, not null
 * @param network the network of isolated functions, not null
 * @param hostPorts TCP ports of this machine's localhost that functions on a network of their own reach, not null
 * @param rootfs an unpacked root file system, whose tools and libraries functions use instead of this machine's; null
 *     for this machine's
 * @param javaHomes JDKs for functions in addition to those that the plugin finds, not null
 * @param layers directories and zip files by the names of the layers that they replace, not null
 */
public record LocalConfig(
        IsolationMode isolation,
        NetworkMode network,
        List<Integer> hostPorts,
        Path rootfs,
        List<Path> javaHomes,
        Map<String, Path> layers) {
    private static final int MAX_PORT = 65535;

    /** Default settings: the best isolation and network that the machine allows, with the machine's own tools. */
    public static final LocalConfig DEFAULT = isolated(IsolationMode.AUTO);

    public LocalConfig {
        Objects.requireNonNull(isolation);
        Objects.requireNonNull(network);
        hostPorts = List.copyOf(hostPorts);
        javaHomes = List.copyOf(javaHomes);
        layers = Map.copyOf(layers);
    }

    /** Creates settings with an isolation, the best network that the machine allows for it, and this machine's tools. */
    public static LocalConfig isolated(IsolationMode isolation) {
        return new LocalConfig(isolation, NetworkMode.AUTO, List.of(), null, List.of(), Map.of());
    }

    /**
     * Creates settings from the goals' parameters.
     *
     * @param isolation {@code auto}, {@code full} or {@code none}
     * @param network {@code auto}, {@code own} or {@code host}
     * @param hostPorts TCP ports of localhost
     * @param rootfs null for none
     * @param javaHomes JDKs, such as those of Maven's toolchains
     * @param layers directories and zip files by the names of layers
     * @param problems receives the problems of the parameters
     */
    public static LocalConfig of(
            String isolation,
            String network,
            List<String> hostPorts,
            Path rootfs,
            List<Path> javaHomes,
            Map<String, Path> layers,
            Problems problems) {
        Optional<IsolationMode> mode = find(IsolationMode.values(), isolation);
        problems.require(
                mode.isPresent(),
                "isolation (lshell.local.isolation) must be 'auto', 'full' or 'none', but is '" + isolation + "'");
        Optional<NetworkMode> networkMode = find(NetworkMode.values(), network);
        problems.require(
                networkMode.isPresent(),
                "network (lshell.local.network) must be 'auto', 'own' or 'host', but is '" + network + "'");
        problems.require(
                !mode.equals(Optional.of(IsolationMode.NONE)) || !networkMode.equals(Optional.of(NetworkMode.OWN)),
                "lshell.local.network=own and lshell.local.isolation=none are mutually exclusive");
        List<Integer> ports = ports(hostPorts, problems);
        if (rootfs != null) {
            checkRootfs(rootfs, problems);
            problems.require(
                    mode.orElse(IsolationMode.AUTO) != IsolationMode.NONE,
                    "rootfs (lshell.local.rootfs) and lshell.local.isolation=none are mutually exclusive");
        }
        layers.forEach((name, path) -> problems.require(
                Files.isReadable(path), "localLayers: folder or zip file of " + name + " not found: '" + path + "'"));
        return new LocalConfig(
                mode.orElse(IsolationMode.AUTO),
                networkMode.orElse(NetworkMode.AUTO),
                ports,
                rootfs,
                javaHomes,
                layers);
    }

    private static List<Integer> ports(List<String> texts, Problems problems) {
        List<Integer> ports = new ArrayList<>();
        for (String text : texts) {
            boolean isPort =
                    text != null && text.strip().matches("[1-9]\\d{0,4}") && Integer.parseInt(text.strip()) <= MAX_PORT;
            if (isPort) {
                ports.add(Integer.valueOf(text.strip()));
            } else {
                problems.add("hostPorts (lshell.local.hostPorts) must be numbers from 1 to " + MAX_PORT
                        + ", but one is '" + text + "'");
            }
        }
        return ports;
    }

    private static <E extends Enum<E>> Optional<E> find(E[] values, String name) {
        return Arrays.stream(values)
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    private static void checkRootfs(Path rootfs, Problems problems) {
        if (!Files.isDirectory(rootfs)) {
            problems.add("rootfs (lshell.local.rootfs): folder not found: '" + rootfs + "'");
            return;
        }
        // The shell may be a link to a file that exists only inside the image.
        boolean hasShell = Stream.of("bin/sh", "usr/bin/sh")
                .anyMatch(shell -> Files.exists(rootfs.resolve(shell), LinkOption.NOFOLLOW_LINKS));
        problems.require(
                hasShell,
                "rootfs (lshell.local.rootfs): '" + rootfs
                        + "' has no /bin/sh; unpack an image there, for example one of" + " docker export");
    }
}
