package io.github.lambdashell.target.local.function;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.local.state.FileTree;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layers of functions: local directories and zip files that replace them, merged into /opt in Lambda's order, so
 * that a later one overwrites files of an earlier one. Each is read once, when it is first used. Safe for use by
 * several threads.
 */
public final class Layers implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Layers.class);

    private final StateDirectory state;
    private final Map<String, Path> sources;
    private final Map<List<String>, Path> merged = new HashMap<>();

    /**
     * Creates layers; reads no files.
     *
     * @param sources a directory or zip file for each name of a replaced layer, not null
     */
    public Layers(StateDirectory state, Map<String, Path> sources) {
        this.state = state;
        this.sources = Map.copyOf(sources);
    }

    /**
     * Returns the directory that becomes /opt of a function. Layers without a local replacement are omitted with a
     * warning.
     *
     * @param arns ARNs of layer versions, in order
     * @return empty if none of them has a replacement
     * @throws ShellException if a zip file can't be unpacked
     */
    public synchronized Optional<Path> merged(List<String> arns) throws IOException {
        if (!merged.containsKey(arns)) {
            merged.put(arns, merge(arns));
        }
        return Optional.ofNullable(merged.get(arns));
    }

    private Path merge(List<String> arns) throws IOException {
        Path target = null;
        for (String arn : arns) {
            String name = name(arn);
            Path source = sources.get(name);
            if (source == null) {
                LOG.warn(
                        "Local target: the layer {} is on AWS, so /opt does not contain it; replace it with a folder or a"
                                + " zip file in <localLayers><{}>PATH</{}></localLayers>",
                        arn,
                        name,
                        name);
                continue;
            }
            target = target == null ? state.temporaryDirectory() : target;
            add(source, target);
        }
        if (target != null) {
            FileTree.openDirectories(target);
        }
        return target;
    }

    /** Returns the layer's name from {@code arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION}. */
    private static String name(String arn) {
        return arn.split(":")[6];
    }

    private void add(Path source, Path target) throws IOException {
        if (Files.isDirectory(source)) {
            copy(source.toRealPath(), target);
            return;
        }
        Path unpacked = state.temporaryDirectory();
        try {
            CodePackage.unpack(source, unpacked);
            copy(unpacked, target);
        } catch (InvalidPackageException e) {
            throw new ShellException(
                    "The local layer " + source + " can't be unpacked: " + reason(e),
                    "Make the zip file anew, or name a folder with what /opt should hold in <localLayers>",
                    e);
        } finally {
            FileTree.delete(unpacked);
        }
    }

    private static String reason(InvalidPackageException e) {
        return e.getMessage().startsWith("Could not unzip")
                ? "it is no zip file, or a damaged or encrypted one"
                : e.getMessage();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file)),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes the merged directories, which must not be in use by a sandbox. */
    @Override
    public synchronized void close() throws IOException {
        for (Path folder : merged.values()) {
            if (folder != null) {
                FileTree.delete(folder);
            }
        }
        merged.clear();
    }
}
