package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.transfer.Transfers;
import java.util.List;

/** {@code :put LOCAL [REMOTE]} */
final class PutCommand extends ColonCommand {
    PutCommand() {
        super("put", "LOCAL [REMOTE]", "upload a file or a directory");
    }

    @Override
    boolean takesLocalFile() {
        return true;
    }

    @Override
    void run(String text, PromptContext context) throws InterruptedException, DetachedException {
        List<String> paths = words(text, 1, 2);
        new Transfers(context.session(), context.foreground(), context.screen())
                .put(localPath(paths.get(0)), paths.size() > 1 ? paths.get(1) : ".");
    }
}
