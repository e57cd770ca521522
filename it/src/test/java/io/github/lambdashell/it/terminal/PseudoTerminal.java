package io.github.lambdashell.it.terminal;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jline.terminal.Size;
import org.jline.utils.ScreenTerminal;

/** A program at a pseudo-terminal, and its screen. */
final class PseudoTerminal implements AutoCloseable {
    static final int COLUMNS = 140;
    static final int ROWS = 30;

    /** Enough for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Four bits for each of red, green and blue. */
    private static final int DARK_YELLOW = 0x880;

    private static final int KEPT = 1_000_000;

    private final PtyProcess process;
    private final OutputStream keys;
    private final ScreenTerminal screen = new ScreenTerminal(COLUMNS, ROWS);
    private final StringBuilder written = new StringBuilder();
    private boolean reads = true;
    private boolean ended;

    private PseudoTerminal(PtyProcess process) {
        this.process = process;
        this.keys = process.getOutputStream();
        Thread reader = new Thread(this::read, "pseudo-terminal");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a program, with the terminal as its controlling one. */
    static PseudoTerminal start(List<String> command, Path directory, Map<String, String> changes) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("TERM", "xterm-256color");
        environment.put("MAVEN_OPTS", Maven.OPTIONS);
        environment.remove("NO_COLOR");
        environment.putAll(changes);
        try {
            return new PseudoTerminal(new PtyProcessBuilder(command.toArray(String[]::new))
                    .setDirectory(directory.toString())
                    .setEnvironment(environment)
                    .setInitialColumns(COLUMNS)
                    .setInitialRows(ROWS)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (InputStream in = process.getInputStream();
                InputStreamReader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            char[] buffer = new char[8192];
            for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
                String piece = new String(buffer, 0, count);
                synchronized (this) {
                    written.append(piece);
                    if (written.length() > 2 * KEPT) {
                        written.delete(0, written.length() - KEPT);
                    }
                    screen.write(piece);
                    notifyAll();
                    while (!reads) {
                        wait();
                    }
                }
            }
        } catch (IOException e) {
            // Linux reports this when the last program has closed the terminal.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    /** Stops or continues to read the output, like a slow terminal. */
    synchronized void read(boolean on) {
        reads = on;
        notifyAll();
    }

    void type(String text) {
        try {
            keys.write(text.getBytes(StandardCharsets.UTF_8));
            keys.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void resize(int columns, int rows) {
        synchronized (this) {
            screen.setSize(Size.of(columns, rows));
        }
        process.setWinSize(new WinSize(columns, rows));
    }

    /** Returns the screen's lines without trailing blanks and without empty lines at the end. */
    synchronized String screen() {
        return screen.toString().replaceAll("(?m) +$", "").stripTrailing() + "\n";
    }

    /** Returns the screen up to the cursor, with blanks before it. */
    synchronized String untilCursor() {
        int[] cursor = new int[2];
        cells(cursor);
        String[] lines = screen.toString().split("\n");
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < cursor[1]; row++) {
            text.append(lines[row].stripTrailing()).append('\n');
        }
        return text.append(lines[cursor[1]], 0, Math.min(cursor[0], lines[cursor[1]].length()))
                .toString();
    }

    /** Returns the screen's characters with their attributes, row by row, and sets the cursor's column and row. */
    synchronized long[] cells(int[] cursor) {
        long[] cells = new long[screen.getColumns() * screen.getRows()];
        screen.dump(cells, cursor);
        return cells;
    }

    /** Returns whether the screen shows a text in yellow. */
    synchronized boolean isYellow(String text) {
        int columns = screen.getColumns();
        long[] cells = cells(new int[2]);
        // Each line of the text has a line feed at its end.
        int at = screen.toString().indexOf(text);
        if (at < 0) {
            throw new AssertionError("\"" + text + "\" is not on the screen:\n" + screen());
        }
        long cell = cells[at / (columns + 1) * columns + at % (columns + 1)];
        return ScreenTerminal.cellHasForeground(cell) && ScreenTerminal.cellForeground(cell) == DARK_YELLOW;
    }

    /** Returns the output with its escape sequences, at most the last million characters. */
    synchronized String written() {
        return written.toString();
    }

    /** Waits for a condition. */
    synchronized void await(String what, Predicate<PseudoTerminal> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(this)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || ended) {
                throw new AssertionError(
                        "Did not see " + what + "; the screen" + (ended ? " at the end" : "") + ":\n" + screen());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static void sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits for the end of the program. */
    int awaitExit() {
        await("the end", now -> now.ended);
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes the terminal, like its window, and waits for the end of its programs, which can still write files. */
    @Override
    public void close() {
        read(true);
        List<ProcessHandle> programs = ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
        programs.forEach(ProcessHandle::destroy);
        process.destroyForcibly();
        programs.forEach(program -> program.onExit()
                .completeOnTimeout(program, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join());
    }
}
