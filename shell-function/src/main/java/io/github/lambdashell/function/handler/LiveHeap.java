package io.github.lambdashell.function.handler;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The live objects of another JVM after a collection, by the attach mechanism of HotSpot: a file asks it, together with
 * SIGQUIT, to listen on a Unix socket, where {@code inspectheap -live} collects and counts. The same as {@code jmap
 * -histo:live} does, which a runtime of Lambda need not have.
 */
final class LiveHeap {
    private static final Path TMP = Path.of("/tmp");
    private static final int SIGQUIT_BIT = 1 << 2;
    private static final long LIMIT_NANOS = 5_000_000_000L;

    /** Their size; 0 if unknown. */
    final long bytes;

    /** The reason why it is unknown; null if it is known. */
    final String reason;

    private LiveHeap(long bytes, String reason) {
        this.bytes = bytes;
        this.reason = reason;
    }

    static LiveHeap of(long pid) throws InterruptedException {
        try {
            Path socket = TMP.resolve(".java_pid" + pid);
            if (!Files.exists(socket)) {
                String refusal = refusal(pid);
                if (refusal != null) {
                    return new LiveHeap(0, refusal);
                }
                listen(pid, socket);
            }
            return new LiveHeap(count(socket), null);
        } catch (IOException | ReflectiveOperationException | NumberFormatException e) {
            return new LiveHeap(0, "the handler's JVM did not report its heap: " + e);
        }
    }

    /** Returns why the signal must not be sent; null if the JVM handles it. */
    private static String refusal(long pid) throws IOException {
        if (Runtime.version().feature() < 16) {
            return "Java " + Runtime.version().feature()
                    + " has no Unix sockets to ask the handler's JVM; use java17 or" + " later";
        }
        String commandLine = read(pid, "cmdline");
        if (commandLine.contains("-XX:+DisableAttachMechanism")) {
            return "-XX:+DisableAttachMechanism is set";
        }
        for (String line : read(pid, "status").split("\n")) {
            if (line.startsWith("SigCgt:")) {
                // A JVM with -Xrs, and a process that is no JVM, would end.
                return (Long.parseUnsignedLong(line.substring(7).trim(), 16) & SIGQUIT_BIT) == 0
                        ? "the handler's process does not handle SIGQUIT, as a JVM with -Xrs"
                        : null;
            }
        }
        return "the handler's process has ended";
    }

    private static String read(long pid, String file) throws IOException {
        return Files.readString(Path.of("/proc/" + pid, file), StandardCharsets.ISO_8859_1);
    }

    private static void listen(long pid, Path socket) throws IOException, InterruptedException {
        Path request = TMP.resolve(".attach_pid" + pid);
        try {
            Files.createFile(request);
        } catch (FileAlreadyExistsException e) {
            // Left by another tool; it serves as well.
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s QUIT " + pid)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
            long deadline = System.nanoTime() + LIMIT_NANOS;
            while (!Files.exists(socket)) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("it does not listen");
                }
                Thread.sleep(1);
            }
        } finally {
            Files.deleteIfExists(request);
        }
    }

    /** Collects, and returns the size in the last line of the histogram: {@code Total INSTANCES BYTES}. */
    private static long count(Path socket) throws IOException, ReflectiveOperationException {
        SocketAddress address = (SocketAddress) Class.forName("java.net.UnixDomainSocketAddress")
                .getMethod("of", Path.class)
                .invoke(null, socket);
        try (SocketChannel channel = SocketChannel.open(address)) {
            // The protocol's version, the operation and three arguments, each with a NUL.
            channel.write(ByteBuffer.wrap("1\0inspectheap\0-live\0\0\0".getBytes(StandardCharsets.US_ASCII)));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            String last = "";
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                last = line;
            }
            String[] words = last.trim().split("\\s+");
            if (words.length != 3 || !words[0].equals("Total")) {
                throw new IOException("unexpected answer: " + last);
            }
            return Long.parseLong(words[2]);
        }
    }
}
