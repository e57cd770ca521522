package io.github.lambdashell.console;

import io.github.lambdashell.check.learn.CommandsFile;
import io.github.lambdashell.console.command.EventArguments;
import io.github.lambdashell.console.command.ForegroundRunner;
import io.github.lambdashell.console.command.KeepAlive;
import io.github.lambdashell.console.command.PromptContext;
import io.github.lambdashell.console.command.RecentCommands;
import io.github.lambdashell.console.command.Transcript;
import io.github.lambdashell.console.completion.RemoteNames;
import io.github.lambdashell.console.completion.SessionCompleter;
import io.github.lambdashell.console.terminal.BackgroundOutput;
import io.github.lambdashell.console.terminal.Foreground;
import io.github.lambdashell.console.terminal.HistoryFile;
import io.github.lambdashell.console.terminal.LineInput;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.console.terminal.Terminals;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session at a terminal. */
public final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final String NO_COLOR = "NO_COLOR";

    private Conversation() {}

    /**
     * Runs a session until the user ends it.
     *
     * @param home the plugin's own directory
     * @param handler the project's handler, empty for none
     * @param commandsFile the file for checks that are made of commands
     * @param colours whether colours are wanted
     */
    public static void hold(
            Target target,
            Path home,
            String stackName,
            StackInBackground stack,
            Optional<ProjectHandler> handler,
            CommandsFile commandsFile,
            boolean colours)
            throws InterruptedException {
        ShellSession session = new ShellSession(stack, handler);
        try (Terminal terminal = Terminals.open();
                Transcript transcript = new Transcript();
                RemoteNames names = new RemoteNames(session)) {
            // Without a handler, a Ctrl-C between two commands would end Maven.
            terminal.handle(Signal.INT, signal -> {});
            // See https://no-color.org: set, and not empty.
            String noColour = System.getenv(NO_COLOR);
            Screen screen = new Screen(terminal, colours && (noColour == null || noColour.isEmpty()));
            LineInput input = new LineInput(
                    terminal,
                    new ShellParser(session),
                    new SessionCompleter(names),
                    HistoryFile.of(home, target.describe().name(), stackName));
            try (Foreground foreground = new Foreground(terminal, screen);
                    BackgroundOutput background = new BackgroundOutput(screen, input);
                    KeepAlive keepAlive = new KeepAlive(session, background)) {
                ForegroundRunner runner = new ForegroundRunner(stack::getVisibly, session, foreground);
                PromptContext context = new PromptContext(
                        target,
                        session,
                        screen,
                        foreground,
                        runner,
                        input,
                        transcript,
                        new RecentCommands(),
                        commandsFile,
                        keepAlive,
                        new EventArguments(),
                        new AtomicInteger());
                target.reportTo(
                        LOG.isInfoEnabled() ? line -> background.print("[INFO] " + line) : line -> {},
                        LOG.isWarnEnabled() ? line -> background.print("[WARNING] " + line) : line -> {});
                screen.print(stackName + " on " + target.describe().name()
                        + "; :help lists the commands of the prompt, Ctrl-D leaves");
                new Prompt(stackName, context).run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't restore the terminal", e);
        }
    }
}
