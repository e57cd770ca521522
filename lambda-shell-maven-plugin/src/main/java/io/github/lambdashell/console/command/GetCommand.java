package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.transfer.Transfers;
import java.util.List;

/** {@code :get REMOTE [LOCAL]} */
final class GetCommand implements ColonCommand {
    private final Transfers transfers;

    GetCommand(Transfers transfers) {
        this.transfers = transfers;
    }

    @Override
    public String name() {
        return "get";
    }

    @Override
    public String arguments() {
        return "REMOTE [LOCAL]";
    }

    @Override
    public String summary() {
        return "fetch a file or a directory to this machine";
    }

    @Override
    public void run(String arguments) throws InterruptedException, DetachedException {
        List<String> paths = Arguments.words(this, arguments, 1, 2);
        transfers.get(paths.get(0), LocalPath.of(paths.size() > 1 ? paths.get(1) : ""));
    }
}
