package io.github.lambdashell.check.environment;

import io.github.lambdashell.config.AtomicFile;
import io.github.lambdashell.config.RelativePath;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files that keep the snapshots of a function's environments. The first one has the name that is configured. One for another
 * target, runtime or architecture has these in its name: {@code environment.aws-java21-arm64.lock} beside
 * {@code environment.lock}.
 *
 * @param path the configured file, not null
 * @param named whether every environment's file has its identity in its name, also the first one's
 */
public record LockFile(Path path, boolean named) {
    private static final String VERSION = "1";
    private static final String VERSION_FACT = "version = ";
    private static final String HEAD = """
            # The environment of a Lambda function, as the check "environment" found it, one fact per line.
            # Keep this file under version control. To accept a change, write it again with -Dlshell.overwrite.
            """ + VERSION_FACT + VERSION + "\n";

    /** Returns the problems of the configured file and of those beside it, each to follow the parameter's name. */
    public List<String> problems() {
        if (Files.isDirectory(path)) {
            return List.of("must be a file, but " + RelativePath.of(path) + " is not");
        }
        List<String> problems = new ArrayList<>();
        try {
            for (Path file : existing()) {
                try {
                    read(file);
                } catch (Snapshot.MalformedException e) {
                    problems.add("can't be used: " + RelativePath.of(file) + ", " + e.getMessage()
                            + "; correct it, or write it again with -Dlshell.overwrite");
                }
            }
        } catch (CharacterCodingException e) {
            problems.add("must be UTF-8 text, but " + RelativePath.of(path) + " is not");
        } catch (IOException e) {
            problems.add("can't be read: " + e);
        }
        return problems;
    }

    /** Returns the problem of a file that can't be written, to follow the parameter's name; empty where it can be. */
    public Optional<String> writeProblem() {
        Path existing = path.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        boolean isFile = existing.equals(path.toAbsolutePath()) && Files.isRegularFile(existing);
        if (!isFile && !Files.isDirectory(existing) || existing.equals(path.toAbsolutePath()) && !isFile) {
            return Optional.of("must be a file, but " + RelativePath.of(existing) + " is not");
        }
        // A file is replaced, so its folder decides.
        Path folder = isFile ? existing.getParent() : existing;
        return Files.isWritable(folder)
                ? Optional.empty()
                : Optional.of("can't be written: there is no permission to write to " + RelativePath.of(folder));
    }

    private List<Path> existing() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.exists(path)) {
            files.add(path);
        }
        Path folder = path.toAbsolutePath().getParent();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> beside = Files.newDirectoryStream(folder, name("*"))) {
                beside.forEach(files::add);
            }
        }
        return files;
    }

    /** Returns the file's name with an identity before its extension. */
    private String name(String identity) {
        String name = path.getFileName().toString();
        int extension = name.lastIndexOf('.');
        return extension < 0
                ? name + "." + identity
                : name.substring(0, extension) + "." + identity + name.substring(extension);
    }

    /**
     * Returns the file for an environment: the configured one, except if that has another environment.
     *
     * @throws IOException if it can't be read
     */
    public Path fileFor(Snapshot snapshot) throws IOException {
        Path own = path.resolveSibling(name(snapshot.identity()));
        if (named) {
            return own;
        }
        if (Files.exists(own) || !Files.exists(path)) {
            return Files.exists(own) ? own : path;
        }
        try {
            return read(path).identity().equals(snapshot.identity()) ? path : own;
        } catch (Snapshot.MalformedException e) {
            // It is about to be written again; otherwise it would have been refused before.
            return path;
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it can't be read
     * @throws Snapshot.MalformedException if it is no lock file of this version
     */
    public static Snapshot read(Path file) throws IOException, Snapshot.MalformedException {
        List<String> lines = Files.readAllLines(file);
        int head = 0;
        while (head < lines.size()
                && (lines.get(head).isBlank() || lines.get(head).startsWith("#"))) {
            head++;
        }
        String version = head < lines.size() ? lines.get(head).strip() : "";
        if (!version.startsWith(VERSION_FACT)) {
            Snapshot.refuseConflict(version, head + 1);
            throw new Snapshot.MalformedException(head + 1, "must be '" + VERSION_FACT + VERSION + "'");
        }
        String number = version.substring(VERSION_FACT.length());
        if (!number.equals(VERSION)) {
            throw new Snapshot.MalformedException(
                    head + 1, "the version of the format is " + number + ", but must be " + VERSION);
        }
        return Snapshot.parse(lines.subList(head + 1, lines.size()), head + 2);
    }

    /**
     * Writes a snapshot; missing folders are created.
     *
     * @throws IOException if it can't be written; the file is then unchanged
     */
    public static void write(Path file, Snapshot snapshot) throws IOException {
        AtomicFile.write(file, HEAD + snapshot.text());
    }
}
