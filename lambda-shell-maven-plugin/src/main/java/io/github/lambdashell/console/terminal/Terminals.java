package io.github.lambdashell.console.terminal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalExt;
import org.jline.terminal.spi.TerminalProvider;

/** This process's terminal. */
public final class Terminals {
    /** Native calls. */
    private static final String NATIVE = "jni";

    /** {@code stty}, which costs two processes per line and needs no native library. */
    private static final String PROCESSES = "exec";

    private static final boolean WINDOWS = File.separatorChar == '\\';

    /** The JDK that began to warn of native calls. */
    private static final int WARNS_OF_NATIVE_ACCESS = 24;

    private Terminals() {}

    /**
     * Returns whether standard input is a terminal. From JDK 22 on, {@code System.console()} does not show that. Except on
     * Windows, loads no class of the terminal library, which a script on standard input does not need.
     */
    public static boolean isInputTerminal() throws InterruptedException {
        try {
            return WINDOWS
                    ? TerminalProvider.load(NATIVE).isSystemStream(SystemStream.Input)
                    : new ProcessBuilder("test", "-t", "0")
                                    .redirectInput(Redirect.INHERIT)
                                    .start()
                                    .waitFor()
                            == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("can't find out whether standard input is a terminal", e);
        }
    }

    /**
     * Opens the terminal: on standard output, or on standard error if the output is redirected. If neither is a terminal,
     * or with {@code TERM=dumb}, only lines are edited.
     */
    public static Terminal open() {
        boolean callsNatively = WINDOWS || mayCallNatively();
        if (!callsNatively) {
            // Otherwise it reaches a terminal on standard error by its native library, although that is switched off
            // below.
            System.setProperty(
                    TerminalBuilder.PROP_REDIRECT_PIPE_CREATION_MODE,
                    TerminalBuilder.PROP_REDIRECT_PIPE_CREATION_MODE_REFLECTION);
        }
        try {
            return TerminalBuilder.builder()
                    .system(true)
                    .providers(callsNatively ? NATIVE + "," + PROCESSES : PROCESSES)
                    // The builder loads other providers too, unless they are switched off.
                    .jni(callsNatively)
                    .ffm(false)
                    .dumb(true)
                    // This would send a query to the terminal and wait for its answer before the first prompt.
                    .graphemeCluster(false)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("can't open the terminal", e);
        }
    }

    /** Returns whether the JDK lets the terminal library call native code without a warning. */
    private static boolean mayCallNatively() {
        if (Runtime.version().feature() < WARNS_OF_NATIVE_ACCESS) {
            return true;
        }
        try {
            // A method of Java 22.
            return (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(Terminal.class.getModule());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't find out whether native access is enabled", e);
        }
    }

    /** Returns whether a standard stream of the process leads to the terminal. */
    public static boolean leadsToTerminal(Terminal terminal, SystemStream stream) {
        return terminal instanceof TerminalExt system
                && system.getProvider() != null
                && system.getProvider().isSystemStream(stream);
    }
}
