package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.transfer.Tree.Entry;
import io.github.lambdashell.console.transfer.Tree.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Downloads a file or a directory from the sandbox. */
final class Download {
    private final Tree tree;
    private final Carrier carrier;
    private final ProgressBar progress;

    Download(Tree tree, Carrier carrier, ProgressBar progress) {
        this.tree = tree;
        this.carrier = carrier;
        this.progress = progress;
    }

    /**
     * Downloads it; the target exists only when it is complete.
     *
     * @param target the destination on this machine
     * @return the links that were omitted because they lead out of the tree
     * @throws ShellException if it can't be downloaded or written
     * @throws DetachedException if it was cancelled
     */
    List<Entry> to(Path target) throws InterruptedException, DetachedException {
        Path absolute = target.toAbsolutePath().normalize();
        if (tree.isDirectory() && Files.exists(absolute) || Files.isDirectory(absolute)) {
            throw new ShellException(target + " already exists", "Remove it, or specify another path");
        }
        try (LocalWriter writer = new LocalWriter(tree, absolute)) {
            for (List<Segment> chunk : Segment.chunks(tree.all(Entry.Type.FILE), carrier.chunkBytes())) {
                byte[] bytes = carrier.download(tree.root(), Scripts.read(chunk), Scripts.checksum(chunk));
                if (bytes.length != Segment.size(chunk)) {
                    throw new ShellException(
                            "A file changed its size during the download", "Try again while nothing writes to it");
                }
                writer.write(chunk, bytes);
                progress.add(bytes.length);
            }
            return writer.finish();
        } catch (IOException e) {
            throw new ShellException("Can't write " + target + ": " + e, "Check its permissions and the free space", e);
        }
    }
}
