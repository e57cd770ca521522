package io.github.lambdashell.mojo;

import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.StackRules;
import io.github.lambdashell.run.ShowLog;
import io.github.lambdashell.run.StandardStreams;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Writes the log of a stack's function to standard output. Changes nothing. */
@Mojo(name = "logs", requiresProject = false, threadSafe = true)
public final class LogsMojo extends AbstractShellMojo {
    /** Shows new lines too, until the stack is removed or Ctrl-C. */
    @Parameter(property = "lshell.follow", defaultValue = "false")
    private boolean follow;

    /**
     * The age of the oldest lines, for example {@code 10m}; a plain number is in seconds. With {@code target=local}, the
     * logs of sandboxes that have written since then. Defaults to the age of the log.
     */
    @Parameter(property = "lshell.since")
    private String since;

    /** Variables whose values are masked: of a local function, or of this build's environment. */
    @Parameter(property = "lshell.secretVariables")
    private List<String> secretVariables;

    @Override
    Goal prepare(Problems problems) {
        StackRules.checkStackName(stackName(), problems);
        Optional<Duration> age =
                Optional.ofNullable(since).map(text -> duration("since", text, DurationText.LONG, problems));
        ShowLog.Request request =
                new ShowLog.Request(stackName(), age, follow, ParameterValues.orEmpty(secretVariables));
        return target -> ShowLog.run(target, request, home(), StandardStreams.output(), progress());
    }

    @Override
    boolean isReadOnly() {
        return true;
    }
}
