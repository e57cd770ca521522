package io.github.lambdashell.console.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalExt;
import org.jline.terminal.spi.TerminalProvider;

/** This process's own terminal: whether there is one, and how to open it. */
public final class Terminals {
    /** Native calls first, for {@code stty} costs two processes per line; it serves where there is no native library. */
    private static final String PROVIDERS = "jni,exec";

    private Terminals() {}

    /** Whether a person can type here. {@code System.console()} is no test for that from JDK 22 on. */
    public static boolean isInputTerminal() {
        for (String provider : PROVIDERS.split(",")) {
            try {
                return TerminalProvider.load(provider).isSystemStream(SystemStream.Input);
            } catch (IOException | LinkageError e) {
                // No native library for this platform; the next one needs none.
            }
        }
        return false;
    }

    /**
     * Opens the terminal: on standard output, on standard error where the output is redirected, and with nothing but
     * lines where neither or a plain one ({@code TERM=dumb}) is there.
     */
    public static Terminal open() {
        try {
            return TerminalBuilder.builder()
                    .system(true)
                    .providers(PROVIDERS)
                    .dumb(true)
                    // It would ask the terminal and wait for its answer before the first prompt.
                    .graphemeCluster(false)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("can't open the terminal", e);
        }
    }

    /** Whether one of the process's own streams leads to the terminal. */
    public static boolean leadsToTerminal(Terminal terminal, SystemStream stream) {
        return terminal instanceof TerminalExt system
                && system.getProvider() != null
                && system.getProvider().isSystemStream(stream);
    }
}
