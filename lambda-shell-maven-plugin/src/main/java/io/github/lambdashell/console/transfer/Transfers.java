package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.console.transfer.Tree.Entry;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.target.SideChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Transfers files and directories between this machine and the sandbox, one chunk for each invocation. */
public final class Transfers {
    /** Up to this size, payloads are faster than the side channel. */
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
     * Downloads from the sandbox.
     *
     * @param remote path as the user wrote it
     * @param local the destination, or the directory for it
     * @throws ShellException if it can't be downloaded; nothing of it remains then
     * @throws DetachedException if the user cancelled it; nothing of it remains then
     */
    public void get(String remote, Path local) throws InterruptedException, DetachedException {
        RemoteShell shell = new RemoteShell(session);
        RemoteTree found = RemoteTree.list(shell, remote);
        Tree tree = found.tree();
        Path target = Files.isDirectory(local) ? local.resolve(tree.name()) : local;
        Carrier carrier = carrier(shell, found.hasCurl(), tree.size());
        List<Entry> omitted = transfer(tree, progress -> new Download(tree, carrier, progress).to(target));
        showDone(tree, target.toString());
        omitted.forEach(link -> screen.note(
                "omitted the link " + link.path() + ", which leads out of the directory to " + link.linkTarget()));
    }

    /**
     * Uploads to the sandbox.
     *
     * @param local a file or directory
     * @param remote the destination, or the directory for it, as the user wrote it
     * @throws ShellException if it can't be uploaded; nothing of it remains then
     * @throws DetachedException if the user cancelled it; nothing of it remains then
     */
    public void put(Path local, String remote) throws InterruptedException, DetachedException {
        Tree tree = LocalTree.list(local);
        RemoteShell shell = new RemoteShell(session);
        UploadDestination destination = UploadDestination.prepare(shell, remote, tree.name(), tree.isDirectory());
        Carrier carrier = carrier(shell, destination.hasCurl(), tree.size());
        transfer(tree, progress -> {
            new Upload(tree, shell, carrier, progress).to(destination);
            return null;
        });
        showDone(tree, destination.path());
    }

    private Carrier carrier(RemoteShell shell, boolean hasCurl, long bytes) throws InterruptedException {
        Optional<SideChannel> objects = session.connection().sideChannel();
        return objects.isPresent() && hasCurl && bytes > SMALL_BYTES
                ? new Carrier.Objects(shell, objects.get())
                : new Carrier.Payload(shell);
    }

    private interface Transfer<T> {
        T run(ProgressBar progress) throws InterruptedException, DetachedException;
    }

    private <T> T transfer(Tree tree, Transfer<T> transfer) throws InterruptedException, DetachedException {
        ProgressBar progress = new ProgressBar(screen.liveText(), tree.name(), tree.size());
        return foreground.runUntilRequested(progress::cancel, () -> transfer.run(progress));
    }

    private void showDone(Tree tree, String target) {
        int files = tree.all(Entry.Type.FILE).size();
        screen.print(String.format(
                Locale.ROOT,
                "%s: %d %s, %s, checksums match",
                target,
                files,
                files == 1 ? "file" : "files",
                ProgressBar.size(tree.size())));
        if (tree.skipped() > 0) {
            screen.note("omitted " + tree.skipped() + " that are not files, directories or links");
        }
    }
}
