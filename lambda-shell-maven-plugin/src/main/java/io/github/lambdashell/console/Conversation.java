package io.github.lambdashell.console;

import io.github.lambdashell.console.command.ColonCommands;
import io.github.lambdashell.console.command.CommandRunner;
import io.github.lambdashell.console.command.Console;
import io.github.lambdashell.console.command.KeepAlive;
import io.github.lambdashell.console.command.Transcript;
import io.github.lambdashell.console.completion.RemoteNames;
import io.github.lambdashell.console.completion.SessionCompleter;
import io.github.lambdashell.console.terminal.Foreground;
import io.github.lambdashell.console.terminal.HistoryFile;
import io.github.lambdashell.console.terminal.LineInput;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.console.terminal.Terminals;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;

/** Puts the parts of a session at a terminal together. */
public final class Conversation {
    private static final String NO_COLOR = "NO_COLOR";

    private Conversation() {}

    /** Holds one, from the first prompt to the last. */
    public static void hold(Target target, Path home, String stackName, StackInBackground stack, boolean colours)
            throws InterruptedException {
        ShellSession session = new ShellSession(stack);
        try (Terminal terminal = Terminals.open();
                Transcript transcript = new Transcript();
                RemoteNames names = new RemoteNames(session)) {
            // A Ctrl-C that comes between two readers of it is not the end of Maven.
            terminal.handle(Signal.INT, signal -> {});
            // See https://no-color.org: set to anything but the empty string.
            String noColour = System.getenv(NO_COLOR);
            Screen screen = new Screen(terminal, colours && (noColour == null || noColour.isEmpty()));
            try (Foreground foreground = new Foreground(terminal, screen);
                    KeepAlive keepAlive = new KeepAlive(session, screen)) {
                CommandRunner runner = new CommandRunner(stack::getVisibly, session, foreground);
                ColonCommands commands = new ColonCommands();
                LineInput input = new LineInput(
                        terminal,
                        new ShellParser(new OpenCommands(session)),
                        new SessionCompleter(names, commands),
                        HistoryFile.of(home, target.describe().name(), stackName));
                Console console =
                        new Console(target, session, screen, foreground, runner, input, transcript, keepAlive);
                commands.addAll(console);
                screen.print(stackName + " on " + target.describe().name()
                        + "; :help lists what the console does, Ctrl-D leaves");
                new Prompt(stackName, console, commands).run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't give the terminal back", e);
        }
    }
}
