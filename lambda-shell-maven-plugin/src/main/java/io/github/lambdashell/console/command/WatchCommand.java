package io.github.lambdashell.console.command;

import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.console.terminal.Foreground;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.terminal.LiveText;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.CommandResult;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code :watch 2 free -m} */
final class WatchCommand implements ColonCommand {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?(?:ms|s|m)?)\\s+(\\S.*)", Pattern.DOTALL);
    /** More than any screen shows. */
    private static final int MAX_BYTES = 1 << 20;

    private final CommandRunner runner;
    private final Foreground foreground;
    private final Screen screen;

    WatchCommand(CommandRunner runner, Foreground foreground, Screen screen) {
        this.runner = runner;
        this.foreground = foreground;
        this.screen = screen;
    }

    @Override
    public String name() {
        return "watch";
    }

    @Override
    public String arguments() {
        return "SECONDS COMMAND";
    }

    @Override
    public String summary() {
        return "run a command again and again and redraw what it prints, until Ctrl-C";
    }

    @Override
    public void run(String arguments) throws InterruptedException {
        Matcher form = FORM.matcher(arguments);
        if (!form.matches()) {
            throw Arguments.usage(this, "A number of seconds and a command are missing");
        }
        String pauseText = form.group(1);
        Duration pause = DurationText.parse(
                Character.isDigit(pauseText.charAt(pauseText.length() - 1)) ? pauseText + "s" : pauseText);
        String command = form.group(2);
        LiveText live = screen.liveText();
        try {
            while (show(command, pause, live)) {
                foreground.run(() -> {
                    Thread.sleep(pause.toMillis());
                    return null;
                });
            }
        } catch (DetachedException e) {
            // Ctrl-C is how a watch ends.
        }
    }

    /** Whether it is to go on. */
    private boolean show(String command, Duration pause, LiveText live) throws InterruptedException, DetachedException {
        Captured output = Captured.bothStreams(MAX_BYTES);
        CommandResult result = runner.runAside(command, output);
        if (result.interrupted()) {
            return false;
        }
        String exit = result.exitCode() == 0 ? "" : "   exit code " + result.exitCode();
        String time = LocalTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
        live.show("Every " + DurationText.format(pause) + ": " + command + "   " + time + exit + "\n\n"
                + output.stdout());
        return true;
    }
}
