package io.github.lambdashell.console.transfer;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a tree beside its target, and puts it there when it is whole. Links come last, so that nothing is ever written
 * through one; those that lead out of the tree are not made.
 */
final class LocalWriter implements AutoCloseable {
    private final Tree tree;
    private final Path target;
    private final Path workshop;

    /**
     * @param target where the tree goes; what is there is replaced if it is a file
     */
    LocalWriter(Tree tree, Path target) throws IOException {
        this.tree = tree;
        this.target = target;
        this.workshop = Files.createTempDirectory(target.getParent(), ".lshell-get");
        Files.createDirectory(root());
        for (Entry directory : tree.all(Entry.Type.DIRECTORY)) {
            Files.createDirectory(place(directory));
        }
    }

    /** Writes a chunk's bytes to the files that they are of. */
    void write(List<Segment> chunk, byte[] bytes) throws IOException {
        int at = 0;
        for (Segment segment : chunk) {
            // Not a channel: one is closed when the thread that writes is told to stop.
            try (OutputStream out = new FileOutputStream(place(segment.file()).toFile(), segment.offset() > 0)) {
                out.write(bytes, at, (int) segment.length());
            }
            at += (int) segment.length();
        }
    }

    /**
     * Puts the tree in its place.
     *
     * @return the links that were left out because they lead out of it
     */
    List<Entry> finish() throws IOException {
        List<Entry> leftOut = makeLinks();
        for (Entry file : tree.all(Entry.Type.FILE)) {
            setMode(file);
        }
        List<Entry> directories = new ArrayList<>(tree.all(Entry.Type.DIRECTORY));
        // From the inside out: a directory may be one that nothing can be changed in any more.
        Collections.reverse(directories);
        for (Entry directory : directories) {
            setMode(directory);
        }
        if (tree.isDirectory()) {
            Files.move(root(), target);
        } else {
            Files.move(place(tree.entries().get(0)), target, StandardCopyOption.REPLACE_EXISTING);
        }
        return leftOut;
    }

    private List<Entry> makeLinks() throws IOException {
        List<Entry> leftOut = new ArrayList<>();
        List<Entry> made = new ArrayList<>();
        for (Entry link : tree.all(Entry.Type.LINK)) {
            Path place = place(link);
            Path leadsTo = place.getParent().resolve(link.linkTarget()).normalize();
            if (leadsTo.startsWith(root())) {
                Files.createSymbolicLink(place, place.getFileSystem().getPath(link.linkTarget()));
                made.add(link);
            } else {
                leftOut.add(link);
            }
        }
        // A link by way of another link can lead elsewhere than its text says.
        Path realRoot = root().toRealPath();
        for (Entry link : made) {
            Path place = place(link);
            if (Files.exists(place) && !place.toRealPath().startsWith(realRoot)) {
                Files.delete(place);
                leftOut.add(link);
            }
        }
        return leftOut;
    }

    private void setMode(Entry entry) throws IOException {
        Path place = place(entry);
        if (place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            PosixFilePermission[] all = PosixFilePermission.values();
            for (int i = 0; i < all.length; i++) {
                if ((entry.mode() >> all.length - 1 - i & 1) == 1) {
                    permissions.add(all[i]);
                }
            }
            Files.setPosixFilePermissions(place, permissions);
        }
    }

    private Path root() {
        return workshop.resolve("root");
    }

    private Path place(Entry entry) {
        return root().resolve(entry.path().replace('/', File.separatorChar));
    }

    /** Removes what was not put in its place. */
    @Override
    public void close() throws IOException {
        Files.walkFileTree(workshop, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
