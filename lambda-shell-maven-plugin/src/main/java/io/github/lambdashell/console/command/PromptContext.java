package io.github.lambdashell.console.command;

import io.github.lambdashell.check.learn.CommandsFile;
import io.github.lambdashell.console.terminal.Foreground;
import io.github.lambdashell.console.terminal.LineInput;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.target.Target;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The parts of a session at a terminal.
 *
 * @param target where the stack is
 * @param session the shell session
 * @param screen the terminal's screen
 * @param foreground gives the terminal to one command at a time
 * @param runner runs commands in the foreground
 * @param input reads commands
 * @param transcript the session's commands with their output
 * @param recent the last commands, of which checks can be made
 * @param commandsFile the file for those checks
 * @param keepAlive keeps the sandbox warm
 * @param events reads events for the handler
 * @param exitCode exit code of the last command or event, which the prompt shows
 */
public record PromptContext(
        Target target,
        ShellSession session,
        Screen screen,
        Foreground foreground,
        ForegroundRunner runner,
        LineInput input,
        Transcript transcript,
        RecentCommands recent,
        CommandsFile commandsFile,
        KeepAlive keepAlive,
        EventArguments events,
        AtomicInteger exitCode) {}
