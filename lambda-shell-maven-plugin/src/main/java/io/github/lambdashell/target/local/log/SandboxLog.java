package io.github.lambdashell.target.local.log;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The output of the platform and the function while a sandbox runs; a log stream on AWS. It is a file of limited size,
 * whatever the sandbox's processes write to the pipe that is their standard error.
 */
public final class SandboxLog implements Closeable {
    /** The size of Lambda's LogResult, in bytes. */
    private static final int TAIL = 4096;

    /** The ending of the files' names. */
    static final String ENDING = ".log";

    private static final long LIMIT = 10L * 1024 * 1024;
    private static final String PIPE_ENDING = ".pipe";

    /** The log files of a function that are kept, the youngest ones. */
    private static final int KEPT = 20;

    private static final DateTimeFormatter FILE_NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss");

    private final Path path;
    /** No channel: the interruption of a thread that uses one would close it. */
    private final FileOutputStream out;

    private final RandomAccessFile in;
    private final LogPipe pipe;
    private long tailStart;
    /** Null without extensions. */
    private LineReader extensionLines;
    /** Null as long as nobody wants to know. */
    private Follower follower;

    private LineReader functionLines;
    /** The lines that neither the function nor its extensions will be found to have written. */
    private final List<String> ownLines = new ArrayList<>();

    private SandboxLog(Path path) throws IOException {
        this.path = path;
        this.out = new FileOutputStream(path.toFile(), true);
        this.in = new RandomAccessFile(path.toFile(), "r");
        this.pipe = new LogPipe(pipe(path), this::append);
    }

    private static Path pipe(Path log) {
        return log.resolveSibling(log.getFileName() + PIPE_ENDING);
    }

    /**
     * Creates a log.
     *
     * @param folder of the function's logs; exists
     * @param sandboxId makes the file's name unique
     */
    public static SandboxLog open(Path folder, String sandboxId) throws IOException {
        deleteOldest(folder);
        return new SandboxLog(
                Files.createFile(folder.resolve(FILE_NAME.format(LocalDateTime.now()) + "-" + sandboxId + ENDING)));
    }

    /** Makes room for one more. */
    private static void deleteOldest(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            // Their names begin with the time.
            List<Path> youngestFirst = entries.filter(file -> file.toString().endsWith(ENDING))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path file : youngestFirst.subList(Math.min(KEPT - 1, youngestFirst.size()), youngestFirst.size())) {
                Files.deleteIfExists(file);
                Files.deleteIfExists(pipe(file));
            }
        }
    }

    /** Starts a process that has the log as its standard error. */
    public Process start(ProcessBuilder builder) throws IOException {
        return pipe.start(builder);
    }

    /** Appends output of the function, and removes earlier lines when the file has more than 10 MB. */
    private synchronized void append(byte[] bytes, int offset, int length) throws IOException {
        if (in.length() + length > LIMIT) {
            collect(false);
            out.getChannel().truncate(0);
            tailStart = 0;
            write("[earlier lines were removed: the file had reached 10 MB]\n");
        }
        out.write(bytes, offset, length);
    }

    /** Begins a new tail. */
    public synchronized void beginTail() {
        if (follower == null) {
            ownLines.clear();
        }
        tailStart = length();
    }

    /** Returns the last 4096 bytes since {@link #beginTail}. */
    public byte[] tail() {
        pipe.flush();
        return readTail();
    }

    private synchronized byte[] readTail() {
        try {
            long end = in.length();
            long start = Math.max(Math.min(tailStart, end), end - TAIL);
            byte[] tail = new byte[(int) (end - start)];
            in.seek(start);
            in.readFully(tail);
            return tail;
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be read", e);
        }
    }

    /** Returns what {@link #tail} would return now, read when it is asked for, also after the log has been closed. */
    public Supplier<byte[]> laterTail() {
        pipe.flush();
        return unreadTail();
    }

    private synchronized Supplier<byte[]> unreadTail() {
        long end = length();
        long start = Math.max(Math.min(tailStart, end), end - TAIL);
        return () -> {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
                byte[] tail = new byte[(int) Math.max(Math.min(file.length(), end) - start, 0)];
                file.seek(start);
                file.readFully(tail);
                return tail;
            } catch (IOException e) {
                throw new UncheckedIOException("The function's log can't be read", e);
            }
        };
    }

    /** Writes a line of the platform, after the end of the function's current line. */
    public void platformLine(String line) {
        pipe.flush();
        synchronized (this) {
            collect(false);
            writeLine(line);
        }
    }

    private void writeLine(String line) {
        write((isAtLineStart() ? "" : "\n") + line + "\n");
        if (follower != null || extensionLines != null) {
            ownLines.addAll(line.lines().toList());
        }
    }

    /** Includes the output of extensions from now on, which is in a file of its own: nobody else could tell it apart. */
    public synchronized void include(Path extensions) {
        extensionLines = new LineReader(extensions, 0);
    }

    /** Receives a line of the function or of an extension. */
    @FunctionalInterface
    public interface Follower {
        void line(boolean isOfExtension, String line);
    }

    /**
     * Passes on what the function and its extensions will write, and where the log includes extensions, also what they have
     * written since {@link #beginTail}.
     */
    public synchronized void follow(Follower receiver) {
        functionLines = new LineReader(path, extensionLines == null ? length() : tailStart);
        follower = receiver;
    }

    /** Ends {@link #follow}. */
    public synchronized void unfollow() throws IOException {
        if (follower != null) {
            functionLines.close();
            follower = null;
            ownLines.clear();
        }
    }

    /** Takes in the new lines of extensions, and passes on new lines. */
    public void collect() {
        pipe.flush();
        collect(false);
    }

    private synchronized void collect(boolean isEnd) {
        try {
            if (extensionLines != null) {
                for (String line : extensionLines.next(isEnd)) {
                    writeLine(line);
                    if (follower != null) {
                        follower.line(true, line);
                    }
                }
            }
            if (follower != null) {
                functionLines.next(isEnd).stream()
                        .filter(line -> !ownLines.remove(line))
                        .forEach(line -> follower.line(false, line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be read", e);
        }
    }

    private boolean isAtLineStart() {
        try {
            long length = in.length();
            if (length == 0) {
                return true;
            }
            in.seek(length - 1);
            return in.read() == '\n';
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be read", e);
        }
    }

    private long length() {
        try {
            return in.length();
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be read", e);
        }
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be written", e);
        }
    }

    @Override
    public void close() {
        try {
            pipe.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be closed", e);
        }
        closeFile();
    }

    private synchronized void closeFile() {
        collect(true);
        try {
            if (extensionLines != null) {
                extensionLines.close();
            }
            unfollow();
            in.close();
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be closed", e);
        }
    }
}
