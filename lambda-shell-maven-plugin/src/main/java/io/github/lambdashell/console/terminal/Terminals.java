package io.github.lambdashell.console.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalExt;
import org.jline.terminal.spi.TerminalProvider;

/** This process's terminal. */
public final class Terminals {
    /** Native calls, or where there is no native library {@code stty}, which costs two processes per line. */
    private static final String PROVIDERS = "jni,exec";

    private Terminals() {}

    /** Returns whether standard input is a terminal. From JDK 22 on, {@code System.console()} does not show that. */
    public static boolean isInputTerminal() {
        for (String provider : PROVIDERS.split(",")) {
            try {
                return TerminalProvider.load(provider).isSystemStream(SystemStream.Input);
            } catch (IOException | LinkageError e) {
                // There is no native library for this platform; the next provider needs none.
            }
        }
        return false;
    }

    /**
     * Opens the terminal: on standard output, or on standard error if the output is redirected. If neither is a terminal,
     * or with {@code TERM=dumb}, only lines are edited.
     */
    public static Terminal open() {
        try {
            return TerminalBuilder.builder()
                    .system(true)
                    .providers(PROVIDERS)
                    .dumb(true)
                    // This would send a query to the terminal and wait for its answer before the first prompt.
                    .graphemeCluster(false)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("can't open the terminal", e);
        }
    }

    /** Returns whether a standard stream of the process leads to the terminal. */
    public static boolean leadsToTerminal(Terminal terminal, SystemStream stream) {
        return terminal instanceof TerminalExt system
                && system.getProvider() != null
                && system.getProvider().isSystemStream(stream);
    }
}
