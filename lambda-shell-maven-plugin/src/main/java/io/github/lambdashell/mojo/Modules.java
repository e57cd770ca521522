package io.github.lambdashell.mojo;

import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/**
 * The modules of a build, and the one for which a goal runs.
 *
 * @param current the module for which the goal runs, not null
 * @param selected all modules of the build, not null
 * @param execution the goal's execution, not null
 */
record Modules(MavenProject current, List<MavenProject> selected, MojoExecution execution) {
    private static final int MAX_OPTIONS = 10;

    /**
     * Returns whether Maven's command line has the goal. It then runs once for the build, for the first module, because it
     * requires no project.
     */
    boolean isOnCommandLine() {
        return execution.getSource() == MojoExecution.Source.CLI;
    }

    /** Returns the module's name for the log; empty if no other module of the build runs a goal of the plugin. */
    Optional<String> name() {
        boolean isOneOfSeveral =
                !isOnCommandLine() && selected.stream().filter(this::runsGoals).count() > 1;
        return isOneOfSeveral ? Optional.of(current.getArtifactId()) : Optional.empty();
    }

    /** Returns a sentence on the modules for whose stacks the goal does not run; empty if there are none. */
    Optional<String> others() {
        List<MavenProject> others = selected.stream()
                .filter(module -> isOnCommandLine() && !module.equals(current))
                .toList();
        boolean isConfigured = others.stream().anyMatch(this::hasPlugin);
        List<String> options = others.stream()
                .filter(module -> isConfigured
                        ? hasPlugin(module)
                        : !module.getPackaging().equals("pom"))
                .map(module -> "-pl :" + module.getArtifactId())
                .toList();
        return options.isEmpty()
                ? Optional.empty()
                : Optional.of("The goal runs for " + current.getArtifactId()
                        + " only; select the stack of another module with " + list(options));
    }

    private static String list(List<String> options) {
        int last = options.size() - 1;
        if (options.size() > MAX_OPTIONS) {
            return String.join(", ", options.subList(0, MAX_OPTIONS)) + ", ...";
        }
        return last == 0 ? options.get(0) : String.join(", ", options.subList(0, last)) + " or " + options.get(last);
    }

    private boolean hasPlugin(MavenProject module) {
        return plugin(module).isPresent();
    }

    private boolean runsGoals(MavenProject module) {
        return plugin(module).stream()
                .flatMap(plugin -> plugin.getExecutions().stream())
                .anyMatch(each -> !each.getGoals().isEmpty() && !"none".equals(each.getPhase()));
    }

    private Optional<Plugin> plugin(MavenProject module) {
        return Optional.ofNullable(module.getPlugin(execution.getPlugin().getKey()));
    }
}
