package io.github.lambdashell.console.command;

import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.console.terminal.Screen;
import java.time.Duration;

/** {@code :timeout 30s} */
final class TimeoutCommand implements ColonCommand {
    private final CommandRunner runner;
    private final Screen screen;

    TimeoutCommand(CommandRunner runner, Screen screen) {
        this.runner = runner;
        this.screen = screen;
    }

    @Override
    public String name() {
        return "timeout";
    }

    @Override
    public String arguments() {
        return "[30s | off]";
    }

    @Override
    public String summary() {
        return "end each command after so long; the function's own timeout always holds";
    }

    @Override
    public void run(String arguments) {
        if (arguments.equals("off")) {
            runner.setTimeout(null);
        } else if (!arguments.isEmpty()) {
            runner.setTimeout(parse(arguments));
        }
        screen.print(runner.timeout()
                .map(timeout -> "each command is ended after " + DurationText.format(timeout))
                .orElse("no timeout but the function's own"));
    }

    private Duration parse(String text) {
        try {
            Duration timeout = DurationText.parse(text);
            if (!timeout.isZero()) {
                return timeout;
            }
            throw Arguments.usage(this, "A timeout of nothing would end every command");
        } catch (IllegalArgumentException e) {
            throw Arguments.usage(this, "\"" + text + "\": " + e.getMessage());
        }
    }
}
