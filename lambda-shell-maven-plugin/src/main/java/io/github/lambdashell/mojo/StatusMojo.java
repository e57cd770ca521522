package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.run.ShowStacks;
import io.github.lambdashell.run.StandardStreams;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Lists the stacks of this machine and of its records, and with {@code target=aws} those of the account and region, each
 * with the command that removes it. With {@code mvn -q}, lines for programs. Changes nothing.
 */
@Mojo(name = "status", requiresProject = false, threadSafe = true)
public final class StatusMojo extends AbstractShellMojo {
    private static final String GOAL = "status";

    @Override
    Goal prepare(Problems problems) {
        ShowStacks.Removal removal = new ShowStacks.Removal(
                goalPrefix() + "teardown", set("lshell.home"), set("lshell.profile", "lshell.endpoint"));
        return target -> {
            if (getLog().isInfoEnabled()) {
                ShowStacks.run(target, home(), removal, progress());
            } else {
                ShowStacks.write(target, home(), removal, StandardStreams.output());
            }
        };
    }

    @Override
    boolean isForOneStack() {
        return false;
    }

    @Override
    boolean isReadOnly() {
        return true;
    }

    /** Returns the prefix or the coordinates with which this goal was called, with a colon. */
    private String goalPrefix() {
        return session().getGoals().stream()
                .filter(goal -> goal.endsWith(":" + GOAL))
                .findFirst()
                .map(goal -> goal.substring(0, goal.length() - GOAL.length()))
                .orElse("lshell:");
    }

    /** Returns the options of the command line that set properties, for other commands. */
    private List<String> set(String... names) {
        Properties properties = session().getUserProperties();
        return Stream.of(names)
                .filter(name -> properties.getProperty(name) != null)
                .map(name -> "-D" + name + "=" + properties.getProperty(name))
                .toList();
    }
}
