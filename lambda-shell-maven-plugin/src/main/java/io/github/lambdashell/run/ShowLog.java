package io.github.lambdashell.run;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.stack.StackNotes;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.FunctionLog;
import io.github.lambdashell.target.StackLocation;
import io.github.lambdashell.target.Target;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes the log of a stack's function to an output. Changes nothing. */
public final class ShowLog {
    private final OutputStream out;
    private final Secrets secrets;
    private String stream = "";

    private ShowLog(OutputStream out, Secrets secrets) {
        this.out = new BufferedOutputStream(out);
        this.secrets = secrets;
    }

    /**
     * The part of a log that is shown.
     *
     * @param stackName name of the stack, not null
     * @param since age of the oldest entry; empty for the beginning of the log
     * @param follow whether new entries are shown until the stack is removed or the thread is interrupted
     * @param secretVariables variables whose values are masked, not null
     */
    public record Request(String stackName, Optional<Duration> since, boolean follow, List<String> secretVariables) {}

    /**
     * Writes a log.
     *
     * @param target opened to read
     * @param home the plugin's own directory
     * @param out not closed
     * @throws ShellException if there is no such stack, or its log can't be read
     */
    public static void run(Target target, Request request, Path home, OutputStream out, DeployListener listener)
            throws InterruptedException {
        String name = request.stackName();
        try (FunctionLog log = target.log(name, request.since().map(Instant.now()::minus))
                .orElseThrow(() -> noStack(target, name, home))) {
            Secrets secrets = Secrets.of(
                    target.secrets(),
                    request.secretVariables(),
                    Stream.of(log.stack().function().environmentVariables(), System.getenv()));
            ShowLog output = new ShowLog(out, secrets);
            if (request.follow()) {
                output.follow(log);
                listener.step("The stack " + name + " was removed");
            } else {
                log.next(true, output::write);
                output.flush();
                if (output.stream.isEmpty()) {
                    listener.step("The function of the stack " + name + " has no log"
                            + request.since()
                                    .map(age -> " of that time")
                                    .orElse(" yet; it gets one with the first command"));
                }
            }
        }
    }

    private static ShellException noStack(Target target, String name, Path home) {
        StackLocation location = target.location();
        return new ShellException(
                "There is no stack " + name + " (" + location.target() + ")",
                new StackNotes(home, location.target(), location.region())
                        .elsewhere(name)
                        .orElse("mvn lshell:status lists the stacks; specify one with -Dlshell.stackName"));
    }

    private void follow(FunctionLog log) throws InterruptedException {
        while (log.next(false, this::write)) {
            flush();
            Thread.sleep(log.pause().toMillis());
        }
        flush();
    }

    /** Writes an entry, and before it the name of its stream if that is another one than the last entry's. */
    private void write(FunctionLog.Entry entry) {
        StringBuilder text = new StringBuilder();
        if (!entry.stream().equals(stream)) {
            text.append(stream.isEmpty() ? "" : "\n")
                    .append("==> ")
                    .append(entry.stream())
                    .append(" <==\n");
            stream = entry.stream();
        }
        entry.time().ifPresent(time -> text.append(time).append(' '));
        text.append(secrets.mask(entry.text())).append('\n');
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static ShellException unwritable(IOException e) {
        return new ShellException(
                "Can't write the log to standard output: " + e.getMessage(),
                "The program that reads it has ended; run lshell:logs again",
                e);
    }
}
