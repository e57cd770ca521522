package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.Deployment;
import java.util.Locale;
import org.apache.maven.plugins.annotations.Mojo;

/** Deploys the shell function in a stack that stays until {@code lshell:teardown}. */
@Mojo(name = "deploy", requiresProject = false, aggregator = true, threadSafe = true)
public final class DeployMojo extends AbstractDeployingMojo {
    @Override
    Goal prepare(Problems problems) {
        StackPlan stack = stackPlan(problems);
        return target -> {
            long start = System.nanoTime();
            Deployment deployment = new StackDeployment(target, home(), progress()).deploy(stack.config(target));
            getLog().info(
                            deployment.changed()
                                    ? "Deployed in " + seconds(start)
                                    : "Stack " + deployment.stack().name() + " ("
                                            + target.describe().name() + ") is up to date");
        };
    }

    private static String seconds(long startNanos) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - startNanos) / 1e9);
    }
}
