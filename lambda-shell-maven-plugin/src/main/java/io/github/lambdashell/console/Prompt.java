package io.github.lambdashell.console;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.command.ColonCommands;
import io.github.lambdashell.console.command.Console;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.CommandResult;
import io.github.lambdashell.session.Connection;
import java.util.regex.Pattern;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.utils.AttributedStyle;

/** The loop of {@code lshell:interactive}: a command is read and run, and what came of it is said. */
final class Prompt {
    private static final Pattern EXIT = Pattern.compile("\\s*:?(?:exit|logout)(?:\\s+\\d{1,3})?\\s*;?\\s*");
    private static final int FAILED = 1;
    private static final int LET_GO = 130;

    private final String stackName;
    private final Console console;
    private final ColonCommands commands;
    private final Screen screen;
    private volatile int exitCode;
    private boolean connected;

    Prompt(String stackName, Console console, ColonCommands commands) {
        this.stackName = stackName;
        this.console = console;
        this.commands = commands;
        this.screen = console.screen();
    }

    /**
     * Reads and runs commands until {@code exit} or Ctrl-D.
     *
     * @throws ShellException when there is nothing to run them in
     */
    void run() throws InterruptedException {
        WarmUp warmUp = new WarmUp(console.session(), () -> console.input().redraw(prompt()));
        try {
            readAndRun();
        } finally {
            warmUp.end();
        }
    }

    private void readAndRun() throws InterruptedException {
        while (true) {
            String line;
            try {
                line = console.input().read(prompt(), console.foreground().takeTypedAhead());
            } catch (UserInterruptException e) {
                continue;
            } catch (EndOfFileException e) {
                return;
            }
            if (EXIT.matcher(line).matches()) {
                return;
            }
            if (!line.isBlank()) {
                run(line);
            }
        }
    }

    private void run(String line) throws InterruptedException {
        screen.beginOutput();
        try {
            Connection connection = console.runner().connect();
            if (!connected && connection.sideChannel().isEmpty()) {
                screen.note("the stack has no bucket, through which a running command is reached: it reads nothing that"
                        + " you type, and Ctrl-C lets go of it but does not end it");
            }
            connected = true;
            if (ColonCommands.isOne(line)) {
                runColonCommand(line);
            } else {
                runCommand(line);
            }
        } catch (DetachedException e) {
            exitCode = LET_GO;
            screen.note(e.getMessage());
        }
    }

    private void runColonCommand(String line) throws InterruptedException, DetachedException {
        try {
            console.foreground().run(() -> {
                commands.run(line);
                return null;
            });
        } catch (ShellException e) {
            screen.failure(e);
        }
    }

    private void runCommand(String line) throws InterruptedException, DetachedException {
        exitCode = FAILED;
        try {
            CommandResult result =
                    console.runner().run(line, console.transcript().begin(line, screen));
            exitCode = result.exitCode();
            screen.endOutput();
            tell(result);
        } catch (ShellException e) {
            screen.endOutput();
            screen.failure(e);
        } finally {
            console.transcript().end(exitCode);
        }
    }

    private void tell(CommandResult result) {
        if (result.timedOut()) {
            screen.note("ended at its timeout");
        }
        if (!result.stragglers().isEmpty()) {
            screen.note("still running, with its output dropped from here on: "
                    + result.stragglers().shown());
        }
        if (result.sandboxChanged()) {
            screen.note("another sandbox answers from here on: background processes of the last one are gone, and most"
                    + " likely its files in /tmp");
        }
        if (!result.interrupted() && !result.timedOut()) {
            result.stateLost()
                    .ifPresent(reason ->
                            screen.note("directory, variables and functions are as before this command: " + reason));
        }
    }

    private String prompt() {
        StringBuilder prompt =
                new StringBuilder(screen.styled(stackName, AttributedStyle.BOLD.foreground(AttributedStyle.GREEN)));
        console.session().workingDirectory().ifPresent(directory -> prompt.append(':')
                .append(screen.styled(directory, AttributedStyle.BOLD.foreground(AttributedStyle.BLUE))));
        if (exitCode != 0) {
            prompt.append(
                    screen.styled(" [" + exitCode + "]", AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)));
        }
        return prompt.append("$ ").toString();
    }
}
