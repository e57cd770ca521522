package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Screen;
import java.nio.file.Path;

/** {@code :save FILE} */
final class SaveCommand implements ColonCommand {
    private final Transcript transcript;
    private final Screen screen;

    SaveCommand(Transcript transcript, Screen screen) {
        this.transcript = transcript;
        this.screen = screen;
    }

    @Override
    public String name() {
        return "save";
    }

    @Override
    public String arguments() {
        return "FILE";
    }

    @Override
    public String summary() {
        return "write this session's commands with their output to a file on this machine";
    }

    @Override
    public boolean takesLocalFile() {
        return true;
    }

    @Override
    public void run(String arguments) {
        Path file = LocalPath.of(Arguments.words(this, arguments, 1, 1).get(0));
        transcript.save(file);
        screen.print("saved to " + file.toAbsolutePath());
    }
}
