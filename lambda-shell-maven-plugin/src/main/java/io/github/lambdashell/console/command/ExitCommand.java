package io.github.lambdashell.console.command;

/** {@code :exit}; the prompt knows it as it knows the shell's own {@code exit}, and never runs it. */
final class ExitCommand implements ColonCommand {
    @Override
    public String name() {
        return "exit";
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String summary() {
        return "leave, as exit and Ctrl-D do";
    }

    @Override
    public void run(String arguments) {
        throw Arguments.usage(this, "\"" + arguments + "\" is no exit code");
    }
}
