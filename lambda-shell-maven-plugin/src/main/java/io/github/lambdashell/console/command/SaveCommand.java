package io.github.lambdashell.console.command;

import java.nio.file.Path;

/** {@code :save FILE} */
final class SaveCommand extends ColonCommand {
    SaveCommand() {
        super("save", "FILE", "write this session to a file on this machine");
    }

    @Override
    boolean takesLocalFile() {
        return true;
    }

    @Override
    void run(String text, PromptContext context) {
        Path file = localPath(words(text, 1, 1).get(0));
        context.transcript().save(file);
        context.screen().print("saved to " + file.toAbsolutePath());
    }
}
