package io.github.lambdashell.console.command;

import io.github.lambdashell.config.DurationText;
import java.time.Duration;

/** {@code :timeout 30s} */
final class TimeoutCommand extends ColonCommand {
    TimeoutCommand() {
        super("timeout", "[30s | off]", "end each command after this time");
    }

    @Override
    void run(String text, PromptContext context) {
        if (text.equals("off")) {
            context.runner().setTimeout(null);
        } else if (!text.isEmpty()) {
            Duration timeout = parse(text);
            context.runner().setTimeout(timeout);
        }
        ForegroundRunner runner = context.runner();
        String function = "the function's "
                + runner.functionTimeout()
                        .map(limit -> "of " + DurationText.format(limit))
                        .orElse("own");
        context.screen()
                .print(runner.timeout()
                        .map(timeout -> "each command ends after " + DurationText.format(timeout)
                                + (runner.endsBeforeFunction(timeout) ? "" : ", but " + function + " ends it before"))
                        .orElse("no timeout except " + function));
    }

    private Duration parse(String text) {
        Duration timeout = duration("The timeout", text);
        if (timeout.isZero()) {
            throw wrongUsage("The timeout must be more than 0");
        }
        return timeout;
    }
}
