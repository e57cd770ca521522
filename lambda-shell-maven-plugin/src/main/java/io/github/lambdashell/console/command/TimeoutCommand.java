package io.github.lambdashell.console.command;

import io.github.lambdashell.config.Durations;
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
            runner.setTimeout(Durations.parse(arguments)
                    .filter(timeout -> timeout.compareTo(Duration.ZERO) > 0)
                    .orElseThrow(() -> Arguments.usage(this, "A timeout is " + Durations.FORMAT)));
        }
        screen.print(runner.timeout()
                .map(timeout -> "each command is ended after " + timeout.toMillis() / 1000.0 + " s")
                .orElse("no timeout but the function's own"));
    }
}
