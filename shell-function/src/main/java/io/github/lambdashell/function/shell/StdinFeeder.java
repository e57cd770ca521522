package io.github.lambdashell.function.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Writes to a command's standard input, on a thread of its own as a command need not read. */
final class StdinFeeder implements Runnable {
    private static final byte[] END = new byte[0];

    private final OutputStream stdin;
    private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();

    StdinFeeder(OutputStream stdin) {
        this.stdin = stdin;
    }

    /** Takes bytes to be written, and does not wait for that. */
    void feed(byte[] bytes) {
        if (bytes.length > 0) {
            pieces.add(bytes);
        }
    }

    /** Closes standard input once all is written. */
    void end() {
        pieces.add(END);
    }

    @Override
    public void run() {
        try (stdin) {
            for (byte[] piece = pieces.take(); piece != END; piece = pieces.take()) {
                stdin.write(piece);
                stdin.flush();
            }
        } catch (IOException e) {
            // Nobody reads any more. That is the command's own business, as it is behind a shell's pipe.
            pieces.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
