package io.github.lambdashell.mojo;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.console.InteractiveShell;
import io.github.lambdashell.invoke.FunctionClient;
import io.github.lambdashell.stack.StackLease;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** A shell inside Lambda: a prompt at a terminal; without one, standard input is run as one script. */
@Mojo(name = "interactive", requiresProject = false, aggregator = true, threadSafe = true)
public final class InteractiveMojo extends AbstractDeployingMojo {
    /** Leaves a stack up that this goal had to deploy. */
    @Parameter(property = "lshell.keep", defaultValue = "false")
    private boolean keep;

    @Override
    void executeMojo() throws MojoFailureException, InterruptedException {
        try (AwsClients clients = clients();
                StackLease lease = StackLease.take(clients, stackConfig(), keep, progress())) {
            String function = lease.stack().functionName().orElseThrow();
            int exitCode = new InteractiveShell(lease.stack().name(), new FunctionClient(clients.lambda(), function))
                    .run(session().getRequest().isInteractiveMode());
            if (exitCode != 0) {
                throw new MojoFailureException("The script ended with exit code " + exitCode);
            }
        }
    }
}
