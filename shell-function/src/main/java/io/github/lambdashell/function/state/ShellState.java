package io.github.lambdashell.function.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The state that a shell left, or why it is not known. */
public final class ShellState {
    /** Together with output and the rest of a result it has to fit into the 6 MB of a buffered response. */
    static final int LARGEST = 4_000_000;

    /** What is longer than this takes too much memory to look at. */
    private static final int LARGEST_CAPTURE = 32_000_000;

    /** What the client carries to the next shell; null when the state is not known. */
    public final String blob;

    /** The shell's directory; null when the state is not known. */
    public final String directory;

    /** Why the state is not known; null when it is. */
    public final String reason;

    private ShellState(String blob, String directory, String reason) {
        this.blob = blob;
        this.directory = directory;
        this.reason = reason;
    }

    /**
     * Reads what a shell wrote as {@link StateFormat#capturing} made it.
     *
     * @param file not there when the shell did not come to it
     */
    public static ShellState read(Path file, StateFormat format, StartEnvironment start) throws IOException {
        if (Files.exists(file) && Files.size(file) > LARGEST_CAPTURE) {
            return unknown("it takes " + Files.size(file) + " bytes");
        }
        byte[] written = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        Capture capture = Capture.read(new String(written, StandardCharsets.ISO_8859_1));
        if (capture == null) {
            return unknown("the command replaced the shell, was killed, or set an EXIT trap of its own");
        }
        String script = format.restoring(capture, start);
        String blob = new SavedState(format.name, capture.directory, script, format.options(capture)).encode();
        if (blob.length() > LARGEST) {
            return unknown("it takes " + blob.length() + " bytes, and a response has room for " + LARGEST);
        }
        String directory = new String(capture.directory.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return new ShellState(blob, directory, null);
    }

    private static ShellState unknown(String reason) {
        return new ShellState(null, null, reason);
    }
}
