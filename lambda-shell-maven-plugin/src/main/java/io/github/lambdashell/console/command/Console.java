package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Foreground;
import io.github.lambdashell.console.terminal.LineInput;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.target.Target;

/**
 * The parts of a session at a terminal, for those who need several of them.
 *
 * @param target where the stack is
 * @param session runs what is typed
 * @param screen shows what it says
 * @param foreground who has the terminal
 * @param runner runs commands in the foreground
 * @param input reads commands
 * @param transcript keeps them with their output
 * @param keepAlive keeps the sandbox
 */
public record Console(
        Target target,
        ShellSession session,
        Screen screen,
        Foreground foreground,
        CommandRunner runner,
        LineInput input,
        Transcript transcript,
        KeepAlive keepAlive) {}
