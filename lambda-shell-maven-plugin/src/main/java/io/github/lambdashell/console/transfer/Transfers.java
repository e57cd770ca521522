package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.target.SideChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Moves files and directories between this machine and the sandbox, in chunks of one invocation each. */
public final class Transfers {
    /** Up to this the payload is faster than the way through the bucket. */
    private static final long SMALL_BYTES = 8_000_000;

    private final ShellSession session;
    private final Foreground foreground;
    private final Screen screen;

    public Transfers(ShellSession session, Foreground foreground, Screen screen) {
        this.session = session;
        this.foreground = foreground;
        this.screen = screen;
    }

    /**
     * Fetches from the sandbox.
     *
     * @param remote path as the person wrote it
     * @param local where it goes; into it, if that is a directory
     * @throws ShellException when it can't be fetched; nothing of it is here then
     * @throws DetachedException when the person ended it; nothing of it is here then
     */
    public void get(String remote, Path local) throws InterruptedException, DetachedException {
        Sandbox sandbox = new Sandbox(session);
        RemoteTree found = RemoteTree.list(sandbox, remote);
        Tree tree = found.tree();
        Path target = Files.isDirectory(local) ? local.resolve(tree.name()) : local;
        Carrier carrier = carrier(sandbox, found.hasCurl(), tree.size());
        List<Entry> leftOut = moving(tree, progress -> new Download(tree, carrier, progress).to(target));
        done(tree, target.toString());
        leftOut.forEach(link ->
                screen.note("left out the link " + link.path() + ", which leads out of it to " + link.linkTarget()));
    }

    /**
     * Sends to the sandbox.
     *
     * @param local a file or directory
     * @param remote where it goes, as the person wrote it; into it, if that is a directory
     * @throws ShellException when it can't be sent; nothing of it is there then
     * @throws DetachedException when the person ended it; nothing of it is there then
     */
    public void put(Path local, String remote) throws InterruptedException, DetachedException {
        Tree tree = LocalTree.list(local);
        Sandbox sandbox = new Sandbox(session);
        RemoteTarget target = RemoteTarget.prepare(sandbox, remote, tree.name(), tree.isDirectory());
        Carrier carrier = carrier(sandbox, target.hasCurl(), tree.size());
        moving(tree, progress -> {
            new Upload(tree, sandbox, carrier, progress).to(target);
            return null;
        });
        done(tree, target.path());
    }

    private Carrier carrier(Sandbox sandbox, boolean hasCurl, long bytes) throws InterruptedException {
        Optional<SideChannel> objects = session.connection().sideChannel();
        return objects.isPresent() && hasCurl && bytes > SMALL_BYTES
                ? new BucketCarrier(sandbox, objects.get())
                : new PayloadCarrier(sandbox);
    }

    private interface Move<T> {
        T run(Progress progress) throws InterruptedException, DetachedException;
    }

    /** A Ctrl-C ends it after the chunk that is on its way, so that what was made of it can be removed. */
    private <T> T moving(Tree tree, Move<T> move) throws InterruptedException, DetachedException {
        AtomicBoolean cancelled = new AtomicBoolean();
        ProgressBar bar = new ProgressBar(screen.liveText(), tree.name(), tree.size());
        Progress progress = bytes -> {
            bar.add(bytes);
            if (cancelled.get()) {
                throw new DetachedException("ended before it was whole, so nothing of it was kept");
            }
        };
        return foreground.runUntilAsked(() -> cancelled.set(true), () -> move.run(progress));
    }

    private void done(Tree tree, String target) {
        int files = tree.all(Entry.Type.FILE).size();
        screen.print(String.format(
                Locale.ROOT,
                "%s: %d %s, %d bytes, checksums are right",
                target,
                files,
                files == 1 ? "file" : "files",
                tree.size()));
        if (tree.leftOut() > 0) {
            screen.note("left out " + tree.leftOut() + " that are neither files, directories nor links");
        }
    }
}
