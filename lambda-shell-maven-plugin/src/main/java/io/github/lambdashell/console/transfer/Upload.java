package io.github.lambdashell.console.transfer;

import static io.github.lambdashell.session.ShellQuoting.quote;
import static java.util.stream.Collectors.groupingBy;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.transfer.Tree.Entry;
import io.github.lambdashell.console.transfer.Tree.Segment;
import io.github.lambdashell.protocol.ShellRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Uploads a file or a directory to the sandbox. */
final class Upload {
    private static final int MAX_PATHS = 400;

    private final Tree tree;
    private final RemoteShell shell;
    private final Carrier carrier;
    private final ProgressBar progress;

    Upload(Tree tree, RemoteShell shell, Carrier carrier, ProgressBar progress) {
        this.tree = tree;
        this.shell = shell;
        this.carrier = carrier;
        this.progress = progress;
    }

    /**
     * Uploads it; the destination exists only when it is complete.
     *
     * @param destination where it goes
     * @throws ShellException if it can't be read or uploaded
     * @throws DetachedException if it was cancelled
     */
    void to(UploadDestination destination) throws InterruptedException, DetachedException {
        boolean complete = false;
        try {
            inBatches(tree.all(Entry.Type.DIRECTORY), destination, "mkdir -- ");
            for (List<Segment> chunk : Segment.chunks(tree.all(Entry.Type.FILE), carrier.chunkBytes())) {
                byte[] bytes = read(chunk);
                carrier.upload(destination.stagingDirectory(), bytes, Scripts.write(chunk), Scripts.checksum(chunk));
                progress.add(bytes.length);
            }
            for (Entry link : tree.all(Entry.Type.LINK)) {
                run(destination, "ln -s -- " + quote(link.linkTarget()) + " " + Scripts.path(link));
            }
            setModes(destination);
            run(destination, destination.publish(tree));
            complete = true;
        } finally {
            if (!complete) {
                remove(destination);
            }
        }
    }

    private byte[] read(List<Segment> chunk) {
        byte[] bytes = new byte[(int) Segment.size(chunk)];
        int at = 0;
        for (Segment segment : chunk) {
            Path file = Path.of(tree.root(), segment.file().path());
            try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                in.seek(segment.offset());
                in.readFully(bytes, at, (int) segment.length());
            } catch (EOFException e) {
                throw new ShellException(
                        file + " became shorter during the upload", "Try again while nothing writes to it", e);
            } catch (IOException e) {
                throw new ShellException("Can't read " + file + ": " + e, "Correct its permissions", e);
            }
            at += (int) segment.length();
        }
        return bytes;
    }

    /** Sets the modes, of inner directories first: afterwards an outer one can be read-only. */
    private void setModes(UploadDestination destination) throws InterruptedException {
        for (List<Entry> same : tree.all(Entry.Type.FILE).stream()
                .collect(groupingBy(Entry::mode))
                .values()) {
            inBatches(
                    same,
                    destination,
                    "chmod " + Integer.toOctalString(same.get(0).mode()) + " -- ");
        }
        List<Entry> directories = new ArrayList<>(tree.all(Entry.Type.DIRECTORY));
        Collections.reverse(directories);
        for (List<Entry> same :
                directories.stream().collect(groupingBy(Entry::mode)).values()) {
            inBatches(
                    same,
                    destination,
                    "chmod " + Integer.toOctalString(same.get(0).mode()) + " -- ");
        }
    }

    private void inBatches(List<Entry> entries, UploadDestination destination, String command)
            throws InterruptedException {
        for (int from = 0; from < entries.size(); from += MAX_PATHS) {
            List<Entry> batch = entries.subList(from, Math.min(entries.size(), from + MAX_PATHS));
            run(destination, command + Scripts.paths(batch));
        }
    }

    private void run(UploadDestination destination, String script) throws InterruptedException {
        shell.run(destination.stagingDirectory(), ShellRequest.command(script));
    }

    private void remove(UploadDestination destination) throws InterruptedException {
        shell.run("/", ShellRequest.command("rm -rf -- " + quote(destination.stagingDirectory())));
    }
}
