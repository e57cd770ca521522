package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Fetches a file or a directory from the sandbox. */
final class Download {
    private final Tree tree;
    private final Carrier carrier;
    private final Progress progress;

    Download(Tree tree, Carrier carrier, Progress progress) {
        this.tree = tree;
        this.carrier = carrier;
        this.progress = progress;
    }

    /**
     * Fetches it; until all of it is there, nothing is.
     *
     * @param target where it goes on this machine
     * @return the links that were left out because they lead out of it
     * @throws ShellException when it can't be fetched or written
     * @throws DetachedException when it was not to go on
     */
    List<Entry> to(Path target) throws InterruptedException, DetachedException {
        Path absolute = target.toAbsolutePath().normalize();
        if (tree.isDirectory() && Files.exists(absolute) || Files.isDirectory(absolute)) {
            throw new ShellException(target + " exists already", "Remove it, or name another place");
        }
        try (LocalWriter writer = new LocalWriter(tree, absolute)) {
            for (List<Segment> chunk : Segment.chunks(tree.all(Entry.Type.FILE), carrier.chunkBytes())) {
                byte[] bytes = carrier.fetch(tree.root(), Scripts.read(chunk), Scripts.checksum(chunk));
                if (bytes.length != Segment.size(chunk)) {
                    throw new ShellException(
                            "A file changed its size while it was fetched", "Try it again when nothing writes to it");
                }
                writer.write(chunk, bytes);
                progress.moved(bytes.length);
            }
            return writer.finish();
        } catch (IOException e) {
            throw new ShellException("Can't write " + target + ": " + e, "Make room and give yourself access to it", e);
        }
    }
}
