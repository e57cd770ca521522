package io.github.lambdashell.function.shell;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Gives back what a command left of its standard input. A terminal keeps that for the next prompt; a pipe loses it with
 * its last reader, so there is one more here until the command has ended.
 */
final class UnreadInput implements Closeable {
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(50);

    /** Null where there is nothing to give back, or the system doesn't show its processes. */
    private final FileInputStream pipe;

    private UnreadInput(FileInputStream pipe) {
        this.pipe = pipe;
    }

    /** For a command that nobody types to. */
    static UnreadInput none() {
        return new UnreadInput(null);
    }

    /** Of a process that runs already. */
    static UnreadInput of(long pid) {
        try {
            return new UnreadInput(new FileInputStream("/proc/" + pid + "/fd/0"));
        } catch (FileNotFoundException e) {
            // It has ended already, or this is no Linux.
            return none();
        }
    }

    /**
     * What nobody has read; for when nothing is fed to the command any more, and nobody reads.
     *
     * @param feeder may still be at work on what it was fed before
     */
    byte[] take(StdinFeeder feeder) throws IOException, InterruptedException {
        ByteArrayOutputStream unread = new ByteArrayOutputStream();
        if (pipe != null) {
            long end = System.nanoTime() + PATIENCE;
            boolean whole = false;
            while (!whole) {
                whole = feeder.pending() == 0 || System.nanoTime() - end > 0;
                byte[] bytes = new byte[pipe.available()];
                int count = bytes.length == 0 ? 0 : pipe.read(bytes);
                unread.write(bytes, 0, Math.max(count, 0));
                if (!whole) {
                    Thread.sleep(1);
                }
            }
        }
        return unread.toByteArray();
    }

    @Override
    public void close() throws IOException {
        if (pipe != null) {
            pipe.close();
        }
    }
}
