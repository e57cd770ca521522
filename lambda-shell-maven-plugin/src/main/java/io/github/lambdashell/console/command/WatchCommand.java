package io.github.lambdashell.console.command;

import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.terminal.LiveText;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.CommandResult;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code :watch 2 free -m} */
final class WatchCommand extends ColonCommand {
    private static final Pattern FORM = Pattern.compile("([\\d.]\\S*)\\s+(\\S.*)", Pattern.DOTALL);

    /** More than any screen shows. */
    private static final int MAX_BYTES = 1 << 20;

    WatchCommand() {
        super("watch", "SECONDS COMMAND", "repeat a command on a cleared screen until Ctrl-C");
    }

    @Override
    void run(String text, PromptContext context) throws InterruptedException {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw wrongUsage("A number of seconds or a command is missing");
        }
        Duration pause = duration("The pause", form.group(1));
        String command = form.group(2);
        if (ColonCommands.isKnown(command)) {
            throw wrongUsage("'" + command + "' is a colon command, which can't be watched");
        }
        LiveText live = context.screen().liveText();
        try {
            while (show(command, pause, live, context.runner())) {
                context.foreground().run(() -> {
                    Thread.sleep(pause.toMillis());
                    return null;
                });
            }
        } catch (DetachedException e) {
            // Ctrl-C ends a watch.
        }
    }

    /** Runs the command and shows its output; returns false if Ctrl-C ended it. */
    private static boolean show(String command, Duration pause, LiveText live, ForegroundRunner runner)
            throws InterruptedException, DetachedException {
        Captured output = Captured.bothStreams(MAX_BYTES);
        CommandResult result = runner.runAside(command, output);
        if (result.interrupted()) {
            return false;
        }
        String exit = result.exitCode() == 0 ? "" : "   exit code " + result.exitCode();
        LocalTime time = LocalTime.now().truncatedTo(ChronoUnit.SECONDS);
        live.show("Every " + DurationText.format(pause) + ": " + command + "   " + time + exit + "\n\n"
                + output.stdout());
        return true;
    }
}
