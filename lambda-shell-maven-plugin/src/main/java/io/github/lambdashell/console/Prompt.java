package io.github.lambdashell.console;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.command.ColonCommands;
import io.github.lambdashell.console.command.ForegroundRunner;
import io.github.lambdashell.console.command.PromptContext;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.CommandResult;
import io.github.lambdashell.session.Connection;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.utils.AttributedStyle;

/** The loop of {@code lshell:interactive}: reads a command, runs it and shows its result. */
final class Prompt {
    private static final Pattern EXIT = Pattern.compile("\\s*:?(?:exit|logout)(?:\\s+\\d{1,3})?\\s*;?\\s*");
    private static final int FAILED = 1;
    private static final int DETACHED = 130;

    private final String stackName;
    private final PromptContext context;
    private final Screen screen;
    private boolean connected;

    Prompt(String stackName, PromptContext context) {
        this.stackName = stackName;
        this.context = context;
        this.screen = context.screen();
    }

    /**
     * Reads and runs commands until {@code exit} or Ctrl-D.
     *
     * @throws ShellException if there is no stack
     */
    void run() throws InterruptedException {
        WarmUp warmUp = new WarmUp(context.session(), () -> context.input().redraw(prompt()));
        try {
            readAndRun();
        } finally {
            context.input().saveHistory();
            warmUp.end();
        }
    }

    private void readAndRun() throws InterruptedException {
        while (true) {
            String line;
            try {
                line = context.input().read(prompt(), context.foreground().takeTypedAhead());
            } catch (UserInterruptException e) {
                continue;
            } catch (EndOfFileException e) {
                return;
            }
            if (EXIT.matcher(line).matches() || ColonCommands.isExit(line)) {
                return;
            }
            if (!line.isBlank()) {
                run(line);
                context.input().saveHistory();
            }
        }
    }

    private void run(String line) throws InterruptedException {
        screen.beginOutput();
        try {
            Connection connection = context.runner().connect();
            if (!connected) {
                connected = true;
                if (connection.sideChannel().isEmpty()) {
                    screen.note(
                            "the stack has no bucket, so a running command gets no input and Ctrl-C does not end it:"
                                    + " it continues in the background");
                }
            }
            if (ColonCommands.isColonCommand(line)) {
                runColonCommand(line);
            } else {
                Optional<String> advice = TerminalHabits.advice(line);
                if (advice.isPresent()) {
                    screen.note(advice.get());
                } else {
                    runCommand(line);
                }
            }
        } catch (DetachedException e) {
            context.exitCode().set(DETACHED);
            screen.note(e.getMessage());
        }
    }

    private void runColonCommand(String line) throws InterruptedException, DetachedException {
        try {
            context.foreground().run(() -> {
                ColonCommands.run(line, context);
                return null;
            });
        } catch (ShellException e) {
            screen.failure(e);
        }
    }

    private void runCommand(String line) throws InterruptedException, DetachedException {
        context.exitCode().set(FAILED);
        try {
            CommandResult result =
                    context.recent().run(line, context, context.transcript().begin(line, screen));
            context.exitCode().set(result.exitCode());
            screen.endOutput();
            showResult(result);
        } catch (ShellException e) {
            screen.endOutput();
            screen.failure(e);
        } finally {
            context.transcript().end(context.exitCode().get());
        }
    }

    private void showResult(CommandResult result) {
        if (result.timedOut()) {
            screen.note("ended by " + context.runner().effectiveTimeout());
        }
        if (!result.stragglers().isEmpty()) {
            screen.note("still running; further output of it is dropped: "
                    + result.stragglers().shown());
        }
        if (result.sandboxChanged()) {
            screen.note(ForegroundRunner.SANDBOX_CHANGED);
        }
        if (!result.interrupted() && !result.timedOut()) {
            result.stateLost()
                    .ifPresent(reason -> screen.note(
                            "directory, variables and functions are as they were before this command: " + reason));
        }
    }

    private String prompt() {
        StringBuilder prompt =
                new StringBuilder(screen.styled(stackName, AttributedStyle.BOLD.foreground(AttributedStyle.GREEN)));
        context.session().workingDirectory().ifPresent(directory -> prompt.append(':')
                .append(screen.styled(directory, AttributedStyle.BOLD.foreground(AttributedStyle.BLUE))));
        int exitCode = context.exitCode().get();
        if (exitCode != 0) {
            prompt.append(
                    screen.styled(" [" + exitCode + "]", AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)));
        }
        return prompt.append("$ ").toString();
    }
}
