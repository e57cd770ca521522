package io.github.lambdashell.target.local.function;

import io.github.lambdashell.target.code.FunctionPackage;
import io.github.lambdashell.target.local.state.FileTree;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Unpacked packages, found by the hash of their content and shared by stacks: to unpack thousands of files can take longer
 * than the checks. An entry is a directory {@code KEY-ID} and a file {@code KEY-ID.sum}, whose time is that of the last
 * use. Except for {@link #unpack}, methods are called under the state's lock.
 */
public final class CodeCache {
    /** Number of packages that are kept although no stack uses them: the next build may deploy one again. */
    private static final int MAX_UNUSED = 3;

    private static final String SUM = ".sum";

    private final StateDirectory state;

    public CodeCache(StateDirectory state) {
        this.state = state;
    }

    /** Returns the directory of a package; empty if there is none, or if its files were changed. */
    public Optional<Path> find(FunctionPackage code) throws IOException {
        for (Path directory : directories()) {
            Path sum = sumFile(directory);
            if (directory.getFileName().toString().startsWith(prefix(code))
                    && Files.exists(sum)
                    && Files.readString(sum).equals(sum(directory))) {
                Files.setLastModifiedTime(sum, FileTime.from(Instant.now()));
                return Optional.of(directory);
            }
        }
        return Optional.empty();
    }

    /**
     * Unpacks a package.
     *
     * @return a temporary directory
     * @throws InvalidPackageException if the package is invalid
     */
    public Path unpack(FunctionPackage code) throws IOException, InvalidPackageException {
        Path zip = state.temporaryFile();
        Path unpacked = state.temporaryDirectory();
        try {
            code.writeTo(zip);
            CodePackage.unpack(zip, unpacked);
            FileTree.openDirectories(unpacked);
            return unpacked;
        } catch (IOException | InvalidPackageException | RuntimeException e) {
            FileTree.delete(unpacked);
            throw e;
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    /** Adds an unpacked package and returns its directory. */
    public Path add(FunctionPackage code, Path unpacked) throws IOException {
        Path directory = state.directory("code").resolve(prefix(code) + UUID.randomUUID());
        Files.move(unpacked, directory, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(sumFile(directory), sum(directory));
        return directory;
    }

    /**
     * Removes what no stack uses, except for the last few packages.
     *
     * @param used the directories that stacks or processes use
     */
    public void clean(Predicate<Path> used) throws IOException {
        List<Path> unused = new ArrayList<>();
        for (Path directory : directories()) {
            if (!used.test(directory)) {
                unused.add(directory);
            }
        }
        for (Path directory : unused.subList(Math.min(unused.size(), MAX_UNUSED), unused.size())) {
            Files.deleteIfExists(sumFile(directory));
            FileTree.delete(directory);
        }
    }

    /** Returns the directories, the one used last first; those that a killed build left without a sum are the last. */
    private List<Path> directories() throws IOException {
        try (Stream<Path> files = Files.list(state.directory("code"))) {
            return files.filter(Files::isDirectory)
                    .sorted(Comparator.comparing((Path directory) ->
                                    sumFile(directory).toFile().lastModified())
                            .reversed())
                    .toList();
        }
    }

    private static Path sumFile(Path directory) {
        return directory.resolveSibling(directory.getFileName() + SUM);
    }

    private static String prefix(FunctionPackage code) {
        return Path.of(code.key()).getFileName().toString().replace(".zip", "") + "-";
    }

    /**
     * Returns a hash of the files' names, modes, sizes and times, which shows whether a function without isolation has
     * changed them.
     */
    private static String sum(Path directory) throws IOException {
        MessageDigest hash = DigestUtils.getSha256Digest();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                PosixFileAttributes attributes =
                        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                hash.update((directory.relativize(file) + "\0" + PosixFilePermissions.toString(attributes.permissions())
                                + attributes.size() + "\0" + attributes.lastModifiedTime() + "\0")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(hash.digest());
    }
}
