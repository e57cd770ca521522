package io.github.lambdashell.mojo;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackRules;
import io.github.lambdashell.console.terminal.Terminals;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.stack.StackSweep;
import io.github.lambdashell.stack.StackSweep.Candidate;
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
 * Removes the stack and everything in it, and what killed builds left of its temporary stacks. With {@code all}, every
 * stack of the account and region that this plugin made.
 */
@Mojo(name = "teardown", requiresProject = false, aggregator = true, threadSafe = true)
public final class TeardownMojo extends AbstractShellMojo {
    private static final String EVERYBODY = "*";

    /** Lists all stacks that this plugin made and, once that is confirmed, removes them. */
    @Parameter(property = "lshell.all", defaultValue = "false")
    private boolean all;

    /** With {@code all}: whose stacks; the build's user's unless said, {@code *} for everybody's. */
    @Parameter(property = "lshell.owner")
    private String owner;

    /** With {@code all}: how old a stack is at least, for example {@code 12h}. */
    @Parameter(property = "lshell.olderThan", defaultValue = "0s")
    private String olderThan;

    /** With {@code all}: removes without asking. */
    @Parameter(property = "lshell.yes", defaultValue = "false")
    private boolean yes;

    @Override
    Goal prepare(Problems problems) {
        if (all) {
            Duration minimumAge = duration("olderThan", olderThan, problems);
            return clients -> sweep(clients, minimumAge);
        }
        String name = stackName();
        StackRules.checkStackName(name, problems);
        return clients -> removeOne(name, clients);
    }

    private void removeOne(String name, AwsClients clients) throws InterruptedException {
        boolean found = new StackDeployment(clients, progress()).remove(name);
        String where = clients.target().name();
        getLog().info(
                        found
                                ? name + " is removed from " + where
                                : "there is no stack " + name + " on " + where + ", nothing to do");
    }

    private void sweep(AwsClients clients, Duration minimumAge) throws InterruptedException {
        StackSweep sweep = new StackSweep(clients, progress());
        String whose = owner == null ? StackSweep.currentUser() : owner;
        List<Candidate> stacks =
                sweep.find(whose.equals(EVERYBODY) ? Optional.empty() : Optional.of(whose), minimumAge);
        if (stacks.isEmpty()) {
            getLog().info("no stack of " + (whose.equals(EVERYBODY) ? "anybody" : whose) + " on "
                    + clients.target().name() + ", nothing to do");
            return;
        }
        stacks.forEach(stack -> getLog().info("  " + stack));
        if (yes || confirmed(stacks.size())) {
            sweep.remove(stacks);
        } else {
            getLog().info("nothing was removed");
        }
    }

    private boolean confirmed(int count) {
        if (!session().getRequest().isInteractiveMode() || !Terminals.isInputTerminal()) {
            throw new ShellException(
                    "Nobody is there to confirm that " + (count == 1 ? "this stack is" : "these stacks are")
                            + " to be removed",
                    "Nothing was removed; to remove without being asked, say -Dlshell.yes");
        }
        // Not by System.console(), which is none where only the output goes elsewhere.
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
