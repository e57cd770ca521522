package io.github.lambdashell.console;

import io.github.lambdashell.invoke.FrameListener;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.session.ShellSession.CommandResult;
import java.io.PrintWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** The prompt of {@code lshell:interactive}: a line goes to the session, its output comes back. */
public final class Prompt {
    private static final Pattern EXIT = Pattern.compile("\\s*exit(?:\\s+(\\d{1,3}))?\\s*");

    private final Terminal terminal;
    private final String stackName;
    private final ShellSession session;
    private final FrameListener output;

    public Prompt(Terminal terminal, String stackName, ShellSession session, FrameListener output) {
        this.terminal = terminal;
        this.stackName = stackName;
        this.session = session;
        this.output = output;
    }

    /**
     * Reads and runs lines until {@code exit} or the end of input.
     *
     * @return the exit code of the last command, or the one given to {@code exit}
     */
    public int run() throws InterruptedException {
        LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
        int exitCode = 0;
        while (true) {
            String line;
            try {
                line = reader.readLine(prompt(exitCode));
            } catch (UserInterruptException e) {
                continue;
            } catch (EndOfFileException e) {
                return exitCode;
            }
            Matcher exit = EXIT.matcher(line);
            if (exit.matches()) {
                return exit.group(1) == null ? exitCode : Integer.parseInt(exit.group(1));
            }
            if (!line.isBlank()) {
                exitCode = run(line);
            }
        }
    }

    private int run(String line) throws InterruptedException {
        CommandResult result = session.run(line, output);
        PrintWriter writer = terminal.writer();
        if (result.sandboxChanged()) {
            writer.println(
                    "[another sandbox answered: files in /tmp and background processes of the last one are gone]");
        }
        if (result.timedOut()) {
            writer.println("[ended at the function's timeout]");
        }
        result.stateLost()
                .ifPresent(reason -> writer.println("[the shell's state was not carried over: " + reason + "]"));
        writer.flush();
        return result.exitCode();
    }

    private String prompt(int exitCode) {
        String directory = session.workingDirectory().map(path -> ":" + path).orElse("");
        return stackName + directory + (exitCode == 0 ? "" : " [" + exitCode + "]") + "$ ";
    }
}
