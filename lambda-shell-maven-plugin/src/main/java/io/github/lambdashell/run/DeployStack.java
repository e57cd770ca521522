package io.github.lambdashell.run;

import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Deployment;
import io.github.lambdashell.target.Target;
import java.nio.file.Path;
import java.util.Locale;

/** Deploys a stack that stays. */
public final class DeployStack {
    private DeployStack() {}

    /**
     * Deploys a stack or updates it.
     *
     * @param home the plugin's own directory
     * @throws io.github.lambdashell.config.ShellException if it can't be deployed
     */
    public static void run(Target target, StackConfig config, Path home, DeployListener listener)
            throws InterruptedException {
        long start = System.nanoTime();
        Deployment deployment = new StackDeployment(target, home, listener).deploy(config);
        listener.step(
                deployment.changed()
                        ? String.format(Locale.ROOT, "Deployed in %.1f s", (System.nanoTime() - start) / 1e9)
                        : "Stack " + deployment.stack().name() + " ("
                                + target.describe().name() + ") is up to date");
    }
}
