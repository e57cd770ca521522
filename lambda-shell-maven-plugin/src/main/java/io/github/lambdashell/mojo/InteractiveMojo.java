package io.github.lambdashell.mojo;

import io.github.lambdashell.check.learn.CommandsFile;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.run.OpenShell;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.shared.utils.logging.MessageUtils;

/** A shell inside Lambda: a prompt at a terminal; without one, standard input is run as one script. */
@Mojo(name = "interactive", requiresProject = false, threadSafe = true)
public final class InteractiveMojo extends AbstractRunningMojo {
    @Override
    boolean requiresCode() {
        return false;
    }

    @Override
    Goal prepare(Problems problems) {
        StackPlan stack = stackPlan(problems);
        Optional<ProjectHandler> handler = projectHandler(problems);
        CommandsFile commandsFile = new PomChecks(session(), execution()).commandsFile();
        return target -> {
            OpenShell.Request request = new OpenShell.Request(
                    lease(stack, target),
                    handler,
                    commandsFile,
                    region(),
                    session().getRequest().isInteractiveMode(),
                    MessageUtils.isColorEnabled());
            OpenShell.run(target, request, progress());
        };
    }
}
