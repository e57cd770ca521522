package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.transfer.Transfers;
import java.util.List;

/** {@code :get REMOTE [LOCAL]} */
final class GetCommand extends ColonCommand {
    GetCommand() {
        super("get", "REMOTE [LOCAL]", "download a file or a directory");
    }

    @Override
    void run(String text, PromptContext context) throws InterruptedException, DetachedException {
        List<String> paths = words(text, 1, 2);
        new Transfers(context.session(), context.foreground(), context.screen())
                .get(paths.get(0), localPath(paths.size() > 1 ? paths.get(1) : ""));
    }
}
