package io.github.lambdashell.console.transfer;

import io.github.lambdashell.console.transfer.Tree.Entry;
import io.github.lambdashell.console.transfer.Tree.Segment;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.io.FileUtils;

/**
 * Writes a tree to a staging directory beside its target, and moves it when it is complete. Links are created last, so
 * that nothing is written through one; those that lead out of the tree are omitted.
 */
final class LocalWriter implements AutoCloseable {
    private final Tree tree;
    private final Path target;
    private final Path stagingDirectory;

    /**
     * @param target the destination; an existing file is replaced
     */
    LocalWriter(Tree tree, Path target) throws IOException {
        this.tree = tree;
        this.target = target;
        this.stagingDirectory = Files.createTempDirectory(target.getParent(), ".lshell-get");
        Files.createDirectory(root());
        for (Entry directory : tree.all(Entry.Type.DIRECTORY)) {
            Files.createDirectory(pathOf(directory));
        }
    }

    /** Writes a chunk to its files. */
    void write(List<Segment> chunk, byte[] bytes) throws IOException {
        int at = 0;
        for (Segment segment : chunk) {
            // Not a channel: an interrupt of the writing thread would close it.
            try (OutputStream out = new FileOutputStream(pathOf(segment.file()).toFile(), segment.offset() > 0)) {
                out.write(bytes, at, (int) segment.length());
            }
            at += (int) segment.length();
        }
    }

    /**
     * Moves the tree to its target.
     *
     * @return the links that were omitted because they lead out of the tree
     */
    List<Entry> finish() throws IOException {
        List<Entry> omitted = createLinks();
        for (Entry file : tree.all(Entry.Type.FILE)) {
            setMode(file);
        }
        List<Entry> directories = new ArrayList<>(tree.all(Entry.Type.DIRECTORY));
        // Inner directories first: afterwards an outer one can be read-only.
        Collections.reverse(directories);
        for (Entry directory : directories) {
            setMode(directory);
        }
        if (tree.isDirectory()) {
            Files.move(root(), target);
        } else {
            Files.move(pathOf(tree.entries().get(0)), target, StandardCopyOption.REPLACE_EXISTING);
        }
        return omitted;
    }

    private List<Entry> createLinks() throws IOException {
        List<Entry> omitted = new ArrayList<>();
        List<Entry> created = new ArrayList<>();
        for (Entry link : tree.all(Entry.Type.LINK)) {
            Path path = pathOf(link);
            Path leadsTo = path.getParent().resolve(link.linkTarget()).normalize();
            if (leadsTo.startsWith(root())) {
                Files.createSymbolicLink(path, path.getFileSystem().getPath(link.linkTarget()));
                created.add(link);
            } else {
                omitted.add(link);
            }
        }
        // Through another link, a link can lead elsewhere than its text shows.
        Path realRoot = root().toRealPath();
        for (Entry link : created) {
            Path path = pathOf(link);
            if (Files.exists(path) && !path.toRealPath().startsWith(realRoot)) {
                Files.delete(path);
                omitted.add(link);
            }
        }
        return omitted;
    }

    private void setMode(Entry entry) throws IOException {
        Path path = pathOf(entry);
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            PosixFilePermission[] all = PosixFilePermission.values();
            for (int i = 0; i < all.length; i++) {
                if ((entry.mode() >> all.length - 1 - i & 1) == 1) {
                    permissions.add(all[i]);
                }
            }
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    private Path root() {
        return stagingDirectory.resolve("root");
    }

    private Path pathOf(Entry entry) {
        return root().resolve(entry.path().replace('/', File.separatorChar));
    }

    /** Removes what was not put in its path. */
    @Override
    public void close() throws IOException {
        FileUtils.deleteDirectory(stagingDirectory.toFile());
    }
}
