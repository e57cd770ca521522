package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.transfer.Transfers;
import java.util.List;

/** {@code :put LOCAL [REMOTE]} */
final class PutCommand implements ColonCommand {
    private final Transfers transfers;

    PutCommand(Transfers transfers) {
        this.transfers = transfers;
    }

    @Override
    public String name() {
        return "put";
    }

    @Override
    public String arguments() {
        return "LOCAL [REMOTE]";
    }

    @Override
    public String summary() {
        return "send a file or a directory of this machine";
    }

    @Override
    public boolean takesLocalFile() {
        return true;
    }

    @Override
    public void run(String arguments) throws InterruptedException, DetachedException {
        List<String> paths = Arguments.words(this, arguments, 1, 2);
        transfers.put(LocalPath.of(paths.get(0)), paths.size() > 1 ? paths.get(1) : ".");
    }
}
