package io.github.lambdashell.config;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the local target runs functions.
 *
 * @param isolation how far functions are kept apart from this machine, not null
 * @param rootfs an unpacked root file system, whose tools and libraries functions see instead of this machine's; null
 *     for this machine's
 * @param javaHomes JDKs for functions, besides those that this machine shows; not null
 * @param layers folders and zip files by the names of the layers that they stand for, not null
 */
public record LocalConfig(IsolationMode isolation, Path rootfs, List<Path> javaHomes, Map<String, Path> layers) {
    /** Isolated as far as the machine allows, with its own tools. */
    public static final LocalConfig DEFAULT = new LocalConfig(IsolationMode.AUTO, null, List.of(), Map.of());

    public LocalConfig {
        Objects.requireNonNull(isolation);
        javaHomes = List.copyOf(javaHomes);
        layers = Map.copyOf(layers);
    }

    /** Isolated so far, with this machine's tools. */
    public static LocalConfig isolated(IsolationMode isolation) {
        return new LocalConfig(isolation, null, List.of(), Map.of());
    }

    /**
     * What the goals' parameters say.
     *
     * @param isolation auto, full or none
     * @param rootfs null for none
     * @param javaHomes such as Maven's toolchains
     * @param layers folders and zip files by the names of layers
     * @param problems told what is wrong with them
     */
    public static LocalConfig of(
            String isolation, Path rootfs, List<Path> javaHomes, Map<String, Path> layers, Problems problems) {
        Optional<IsolationMode> mode = Arrays.stream(IsolationMode.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(isolation))
                .findFirst();
        problems.require(
                mode.isPresent(),
                "isolation (lshell.local.isolation) is \"" + isolation + "\", but there are auto, full and none");
        if (rootfs != null) {
            checkRootfs(rootfs, problems);
            problems.require(
                    mode.orElse(IsolationMode.AUTO) != IsolationMode.NONE,
                    "rootfs (lshell.local.rootfs) is set, but with lshell.local.isolation=none functions see this "
                            + "machine's files; leave one of them out");
        }
        layers.forEach((name, path) -> problems.require(
                Files.isReadable(path),
                "localLayers holds " + name + ", which is \"" + path + "\", but there is no such folder or zip file"));
        return new LocalConfig(mode.orElse(IsolationMode.AUTO), rootfs, javaHomes, layers);
    }

    private static void checkRootfs(Path rootfs, Problems problems) {
        String where = "rootfs (lshell.local.rootfs) is \"" + rootfs + "\", ";
        if (!Files.isDirectory(rootfs)) {
            problems.add(where + "but there is no such folder");
            return;
        }
        // Links may lead to where they lead only inside.
        boolean hasShell = Stream.of("bin/sh", "usr/bin/sh")
                .anyMatch(shell -> Files.exists(rootfs.resolve(shell), LinkOption.NOFOLLOW_LINKS));
        problems.require(
                hasShell,
                where + "but has no /bin/sh: unpack an image there, such as docker export or debootstrap give one");
    }
}
