package io.github.lambdashell.console.command;

/** {@code :exit}, which the prompt handles like the shell's own {@code exit}; only wrong arguments arrive here. */
final class ExitCommand extends ColonCommand {
    ExitCommand() {
        super("exit", "", "leave, as exit and Ctrl-D do");
    }

    @Override
    void run(String text, PromptContext context) {
        throw wrongUsage("Not an exit code: '" + text + "'");
    }
}
