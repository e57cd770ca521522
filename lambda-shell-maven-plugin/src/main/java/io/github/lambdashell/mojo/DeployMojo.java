package io.github.lambdashell.mojo;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.stack.Deployment;
import io.github.lambdashell.stack.StackDeployment;
import org.apache.maven.plugins.annotations.Mojo;

/** Deploys the shell function in a stack that stays until {@code lshell:teardown}. */
@Mojo(name = "deploy", requiresProject = false, aggregator = true, threadSafe = true)
public final class DeployMojo extends AbstractDeployingMojo {
    @Override
    Goal prepare(Problems problems) {
        StackPlan stack = stackPlan(problems);
        return clients -> deploy(stack.config(clients), clients);
    }

    private void deploy(StackConfig stack, AwsClients clients) throws InterruptedException {
        Deployment deployment = new StackDeployment(clients, progress()).deploy(stack);
        String place = stack.stackName()
                + (deployment.changed() ? " is deployed on " : " is up to date on ")
                + clients.target().name();
        getLog().info(deployment.changed() ? place : place + ", nothing was changed");
    }
}
