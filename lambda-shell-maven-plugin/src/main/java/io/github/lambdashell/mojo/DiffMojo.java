package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.run.DiffTerm;
import io.github.lambdashell.run.ShowDifferences;
import io.github.lambdashell.target.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows the environments of several runtimes, targets, root file systems or lock files side by side, and what differs. A
 * temporary stack is deployed for each, and removed.
 */
@Mojo(name = "diff", requiresProject = false, threadSafe = true)
public final class DiffMojo extends AbstractDeployingMojo {
    /**
     * What is compared, at least two: runtimes such as {@code java21}, which run on the configured target; {@code local} or
     * {@code aws}; unpacked root file systems; lock files, whose names end with {@code .lock}.
     */
    @Parameter(property = "lshell.diff")
    private List<String> diff;

    /** Shows the facts that are the same everywhere, too. */
    @Parameter(property = "lshell.diff.all", defaultValue = "false")
    private boolean all;

    private StackPlan stack;
    private final Map<DiffTerm, TargetConfig> terms = new LinkedHashMap<>();

    @Override
    boolean requiresCode() {
        return false;
    }

    @Override
    boolean isForOneStack() {
        return false;
    }

    @Override
    Goal prepare(Problems problems) {
        stack = stackPlan(problems);
        for (DiffTerm term : DiffTerm.read(diff, new PomChecks(session(), execution()).directory(), problems)) {
            // Several terms may have the same problem, which may be that of the configured target.
            Problems ofTerm = new Problems();
            terms.put(term, target(term, ofTerm));
            ofTerm.all().forEach(each -> problems.require(problems.all().contains(each), each));
        }
        return target -> {
            try (ShowDifferences differences = differences(target)) {
                differences.run(all);
            }
        };
    }

    @Override
    void dryRun(Target target) {
        super.dryRun(target);
        try (ShowDifferences differences = differences(target)) {
            differences.validate();
        }
    }

    private ShowDifferences differences(Target target) {
        return new ShowDifferences(terms, stack.config(target), home(), progress());
    }

    private TargetConfig target(DiffTerm term, Problems problems) {
        if (term instanceof DiffTerm.Image image) {
            return targetConfig(requireUsable(Kind.LOCAL, problems), image.directory(), problems);
        }
        Kind kind = term instanceof DiffTerm.OnTarget on ? requireUsable(on.kind(), problems) : kind();
        return targetConfig(kind, rootfs(), problems);
    }
}
