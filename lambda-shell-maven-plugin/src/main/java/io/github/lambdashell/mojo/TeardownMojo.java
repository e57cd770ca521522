package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackRules;
import io.github.lambdashell.console.terminal.Terminals;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.stack.StackSweep;
import io.github.lambdashell.stack.StackSweep.Candidate;
import io.github.lambdashell.target.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Removes the stack and everything in it, and the temporary stacks that killed builds left. With {@code all}, all stacks
 * that this plugin created: on this machine, or in the account and region.
 */
@Mojo(name = "teardown", requiresProject = false, aggregator = true, threadSafe = true)
public final class TeardownMojo extends AbstractShellMojo {
    private static final String EVERYBODY = "*";

    /** Lists all stacks that this plugin created and, after a confirmation, removes them. */
    @Parameter(property = "lshell.all", defaultValue = "false")
    private boolean all;

    /** With {@code all}: the owner of the stacks, {@code *} for everybody. Defaults to the build's user. */
    @Parameter(property = "lshell.owner")
    private String owner;

    /** With {@code all}: the minimum age of a stack, for example {@code 12h}. */
    @Parameter(property = "lshell.olderThan", defaultValue = "0s")
    private String olderThan;

    /** With {@code all}: removes without a confirmation. */
    @Parameter(property = "lshell.yes", defaultValue = "false")
    private boolean yes;

    @Override
    Goal prepare(Problems problems) {
        if (all) {
            Duration minimumAge = duration("olderThan", olderThan, problems);
            return target -> sweep(target, minimumAge);
        }
        String name = stackName();
        StackRules.checkStackName(name, problems);
        return target -> removeOne(name, target);
    }

    private void removeOne(String name, Target target) throws InterruptedException {
        if (!new StackDeployment(target, home(), progress()).remove(name)) {
            getLog().info("There is no stack " + name + " (" + target.describe().name() + ")");
        }
    }

    private void sweep(Target target, Duration minimumAge) throws InterruptedException {
        StackSweep sweep = new StackSweep(target, home(), progress());
        String whose = owner == null ? StackSweep.currentUser() : owner;
        List<Candidate> stacks =
                sweep.find(whose.equals(EVERYBODY) ? Optional.empty() : Optional.of(whose), minimumAge);
        if (stacks.isEmpty()) {
            getLog().info("There is no stack of " + (whose.equals(EVERYBODY) ? "anybody" : whose) + " ("
                    + target.describe().name() + ")");
            return;
        }
        stacks.forEach(stack -> getLog().info("  " + stack));
        if (yes || confirmed(stacks.size())) {
            sweep.remove(stacks);
        } else {
            getLog().info("Nothing was removed");
        }
    }

    private boolean confirmed(int count) {
        if (!session().getRequest().isInteractiveMode() || !Terminals.isInputTerminal()) {
            throw new ShellException(
                    "Removing stacks requires a confirmation, but Maven runs in batch mode or without a terminal",
                    "Nothing was removed; to remove without a confirmation, set -Dlshell.yes");
        }
        // System.console() is null if only the output is redirected.
        System.out.print(count == 1 ? "Remove it? [y/N] " : "Remove these " + count + " stacks? [y/N] ");
        System.out.flush();
        String answer = readLine();
        return answer != null && answer.strip().matches("(?i)y|yes");
    }

    private static String readLine() {
        try {
            return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the answer", e);
        }
    }
}
