package io.github.lambdashell.function.shell;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;

/**
 * Gives back what a command left of its standard input. A terminal keeps that for the next prompt; a pipe loses it with
 * its last reader, so there is one more here until the command has ended.
 */
final class UnreadInput implements Closeable {
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

    /** What nobody has read; not for as long as somebody may. */
    byte[] take() throws IOException {
        return pipe == null ? new byte[0] : pipe.readNBytes(pipe.available());
    }

    @Override
    public void close() throws IOException {
        if (pipe != null) {
            pipe.close();
        }
    }
}
