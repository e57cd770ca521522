package io.github.lambdashell.mojo;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.stack.StackDeployment;
import org.apache.maven.plugins.annotations.Mojo;

/** Removes the stack and everything in it, and what killed builds left of its temporary stacks. */
@Mojo(name = "teardown", requiresProject = false, aggregator = true, threadSafe = true)
public final class TeardownMojo extends AbstractShellMojo {
    @Override
    void executeMojo() throws InterruptedException {
        String name = stackName();
        try (AwsClients clients = clients()) {
            boolean found = new StackDeployment(clients, progress()).remove(name);
            getLog().info(
                            found
                                    ? name + " is removed from "
                                            + clients.target().name()
                                    : "there is no stack " + name + " on "
                                            + clients.target().name() + ", nothing to do");
        }
    }
}
