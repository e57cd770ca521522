package io.github.lambdashell.mojo;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.stack.Deployment;
import io.github.lambdashell.stack.StackDeployment;
import org.apache.maven.plugins.annotations.Mojo;

/** Deploys the shell function in a stack that stays until {@code lshell:teardown}. */
@Mojo(name = "deploy", requiresProject = false, aggregator = true, threadSafe = true)
public final class DeployMojo extends AbstractDeployingMojo {
    @Override
    void executeMojo() throws InterruptedException {
        StackConfig stack = stackConfig();
        try (AwsClients clients = clients()) {
            Deployment deployment = new StackDeployment(clients, progress()).deploy(stack);
            String name = deployment.stack().name();
            getLog().info(
                            deployment.changed()
                                    ? name + " is deployed on "
                                            + clients.target().name()
                                    : name + " is up to date on "
                                            + clients.target().name() + ", nothing was changed");
        }
    }
}
