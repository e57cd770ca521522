package io.github.lambdashell.run;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Terminals;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.stack.StackSweep;
import io.github.lambdashell.stack.StackSweep.Candidate;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Removes one stack, or all that this plugin created. */
public final class RemoveStacks {
    private static final String EVERYBODY = "*";

    private RemoveStacks() {}

    /**
     * The stacks to remove.
     *
     * @param owner who created them, {@code *} for everybody, null for the build's user
     * @param minimumAge their minimum age, not null
     * @param confirmed whether they are removed without a confirmation
     * @param interactive whether a confirmation may be requested
     */
    public record Request(String owner, Duration minimumAge, boolean confirmed, boolean interactive) {}

    /**
     * Removes a stack, and the temporary ones that killed builds left for its name.
     *
     * @param home the plugin's own directory
     * @throws ShellException if something of it is left
     */
    public static void one(Target target, String name, Path home, DeployListener listener) throws InterruptedException {
        if (!new StackDeployment(target, home, listener).remove(name)) {
            listener.step("There is no stack " + name + " (" + target.describe().name() + ")");
        }
    }

    /**
     * Lists stacks and, after a confirmation, removes them.
     *
     * @param home the plugin's own directory
     * @throws ShellException if one is left, or nobody can confirm
     */
    public static void all(Target target, Request request, Path home, DeployListener listener)
            throws InterruptedException {
        StackSweep sweep = new StackSweep(target, home, listener);
        String owner = request.owner() == null ? StackSweep.currentUser() : request.owner();
        List<Candidate> stacks =
                sweep.find(owner.equals(EVERYBODY) ? Optional.empty() : Optional.of(owner), request.minimumAge());
        if (stacks.isEmpty()) {
            listener.step("There is no stack of " + (owner.equals(EVERYBODY) ? "anybody" : owner) + " ("
                    + target.describe().name() + ")");
            return;
        }
        stacks.forEach(stack -> listener.step("  " + stack));
        if (request.confirmed() || confirms(stacks.size(), request.interactive())) {
            sweep.remove(stacks);
        } else {
            listener.step("Nothing was removed");
        }
    }

    private static boolean confirms(int count, boolean interactive) throws InterruptedException {
        if (!interactive || StandardStreams.isDaemon() || !Terminals.isInputTerminal()) {
            throw new ShellException(
                    "Removing stacks requires a confirmation, but Maven runs in batch mode or without a terminal",
                    "Nothing was removed; to remove without a confirmation, set -Dlshell.yes");
        }
        // System.console() is null if only the output is redirected.
        StandardStreams.print(count == 1 ? "Remove it? [y/N] " : "Remove these " + count + " stacks? [y/N] ");
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return answer != null && answer.strip().matches("(?i)y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the answer", e);
        }
    }
}
