package io.github.lambdashell.console.transfer;

import static io.github.lambdashell.session.ShellQuoting.quote;
import static java.util.stream.Collectors.groupingBy;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.protocol.ShellRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sends a file or a directory to the sandbox. */
final class Upload {
    private static final int PATHS_EACH = 400;

    private final Tree tree;
    private final Sandbox sandbox;
    private final Carrier carrier;
    private final Progress progress;

    Upload(Tree tree, Sandbox sandbox, Carrier carrier, Progress progress) {
        this.tree = tree;
        this.sandbox = sandbox;
        this.carrier = carrier;
        this.progress = progress;
    }

    /**
     * Sends it; until all of it is there, nothing is.
     *
     * @param target where it goes
     * @throws ShellException when it can't be read or sent
     * @throws DetachedException when it was not to go on
     */
    void to(RemoteTarget target) throws InterruptedException, DetachedException {
        boolean done = false;
        try {
            inBatches(tree.all(Entry.Type.DIRECTORY), target, "mkdir -- ");
            for (List<Segment> chunk : Segment.chunks(tree.all(Entry.Type.FILE), carrier.chunkBytes())) {
                byte[] bytes = read(chunk);
                carrier.send(target.workshop(), bytes, Scripts.write(chunk), Scripts.checksum(chunk));
                progress.moved(bytes.length);
            }
            for (Entry link : tree.all(Entry.Type.LINK)) {
                run(target, "ln -s -- " + quote(link.linkTarget()) + " " + Scripts.path(link));
            }
            setModes(target);
            run(target, target.publish(tree));
            done = true;
        } finally {
            if (!done) {
                remove(target);
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
                        file + " became shorter while it was sent", "Try it again when nothing writes to it", e);
            } catch (IOException e) {
                throw new ShellException("Can't read " + file + ": " + e, "Give yourself access to it", e);
            }
            at += (int) segment.length();
        }
        return bytes;
    }

    /** Of directories from the inside out: one may be such that nothing can be changed in it any more. */
    private void setModes(RemoteTarget target) throws InterruptedException {
        for (List<Entry> same : tree.all(Entry.Type.FILE).stream()
                .collect(groupingBy(Entry::mode))
                .values()) {
            inBatches(same, target, "chmod " + Integer.toOctalString(same.get(0).mode()) + " -- ");
        }
        List<Entry> directories = new ArrayList<>(tree.all(Entry.Type.DIRECTORY));
        Collections.reverse(directories);
        for (List<Entry> same :
                directories.stream().collect(groupingBy(Entry::mode)).values()) {
            inBatches(same, target, "chmod " + Integer.toOctalString(same.get(0).mode()) + " -- ");
        }
    }

    private void inBatches(List<Entry> entries, RemoteTarget target, String command) throws InterruptedException {
        for (int from = 0; from < entries.size(); from += PATHS_EACH) {
            List<Entry> batch = entries.subList(from, Math.min(entries.size(), from + PATHS_EACH));
            run(target, command + Scripts.paths(batch));
        }
    }

    private void run(RemoteTarget target, String script) throws InterruptedException {
        sandbox.run(target.workshop(), ShellRequest.command(script));
    }

    private void remove(RemoteTarget target) throws InterruptedException {
        sandbox.run("/", ShellRequest.command("rm -rf -- " + quote(target.workshop())));
    }
}
