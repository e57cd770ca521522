package io.github.lambdashell.mojo;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.console.InteractiveShell;
import io.github.lambdashell.stack.StackLease;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.shared.utils.logging.MessageUtils;

/** A shell inside Lambda: a prompt at a terminal; without one, standard input is run as one script. */
@Mojo(name = "interactive", requiresProject = false, aggregator = true, threadSafe = true)
public final class InteractiveMojo extends AbstractDeployingMojo {
    /** Leaves a stack up that this goal had to deploy. */
    @Parameter(property = "lshell.keep", defaultValue = "false")
    private boolean keep;

    @Override
    Goal prepare(Problems problems) {
        StackPlan stack = stackPlan(problems);
        return clients -> converse(stack.config(clients), clients);
    }

    private void converse(StackConfig stack, AwsClients clients) throws MojoFailureException, InterruptedException {
        int exitCode = new InteractiveShell(clients, stack.stackName(), progress())
                .run(
                        progress -> StackLease.take(clients, stack, said(), keep, progress),
                        session().getRequest().isInteractiveMode(),
                        MessageUtils.isColorEnabled());
        if (exitCode != 0) {
            throw new MojoFailureException("The script ended with exit code " + exitCode);
        }
    }
}
