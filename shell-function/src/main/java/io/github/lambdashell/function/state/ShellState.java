package io.github.lambdashell.function.state;

import static io.github.lambdashell.function.state.Shell.quote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** The state that a shell left, on its way to another shell. */
public final class ShellState {
    /** Together with output and the rest of a result it has to fit into the 6 MB of a buffered response. */
    private static final int LARGEST = 4_000_000;

    /** What is longer than this takes too much memory to look at. */
    private static final int LARGEST_CAPTURE = 32_000_000;

    /**
     * The shell's program, its directory, shell text that restores all but the options, and shell text that restores
     * these. One character per byte.
     */
    private final String[] parts;

    /** As the client carries it, opaque, compressed, in base64; null when the state is not known. */
    public final String blob;

    /** Why the state is not known; null when it is. */
    public final String reason;

    private ShellState(String[] parts, String blob, String reason) {
        this.parts = parts;
        this.blob = blob;
        this.reason = reason;
    }

    /**
     * Reads what a shell wrote as {@link Shell#capturing} made it.
     *
     * @param file not there when the shell did not come to it
     */
    public static ShellState read(Path file, Shell shell, StartEnvironment start) throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size > LARGEST_CAPTURE) {
            return tooLarge(size);
        }
        Capture capture = size == 0 ? null : Capture.read(text(Files.readAllBytes(file)));
        if (capture == null) {
            return new ShellState(
                    null, null, "the command replaced the shell, was killed, or set an EXIT trap of its own");
        }
        String[] parts = {shell.program, capture.directory, shell.restoring(capture, start), shell.options(capture)};
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
            out.write(String.join("\0", parts).getBytes(StandardCharsets.ISO_8859_1));
        }
        String blob = Base64.getEncoder().encodeToString(compressed.toByteArray());
        return blob.length() > LARGEST ? tooLarge(blob.length()) : new ShellState(parts, blob, null);
    }

    private static ShellState tooLarge(long size) {
        return new ShellState(null, null, "it takes " + size + " bytes, and a response has room for " + LARGEST);
    }

    /**
     * Takes a state that a client has carried.
     *
     * @throws IOException when it is not what a {@link #blob} was
     * @throws IllegalArgumentException the same
     */
    public static ShellState of(String blob) throws IOException {
        byte[] compressed = Base64.getDecoder().decode(blob);
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            String[] parts = text(in.readAllBytes()).split("\0", -1);
            if (parts.length != 4) {
                throw new IOException("a state has four parts");
            }
            return new ShellState(parts, blob, null);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The shell's directory at its end. */
    public String directory() {
        return new String(parts[1].getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /**
     * Shell text that restores the state but for its {@link #options}, and says on standard error what of it does not
     * apply any more.
     */
    public String restoring(Shell shell) {
        if (!isOf(shell)) {
            return "echo 'lshell: here is only " + shell.program + ": the state that " + parts[0]
                    + " left is dropped' >&2\n";
        }
        String directory = quote(parts[1]);
        return "cd -- " + directory + " 2>/dev/null || printf 'lshell: %s is not there any more, going on in %s\\n' "
                + directory + " \"$PWD\" >&2\n" + parts[2];
    }

    /** Shell text that restores options which show or check every command after them. */
    public String options(Shell shell) {
        return isOf(shell) ? parts[3] : "";
    }

    private boolean isOf(Shell shell) {
        return shell.program.equals(parts[0]);
    }
}
