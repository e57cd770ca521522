package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Problems;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.plugin.descriptor.Parameter;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** The boolean parameters of an execution. Maven takes every text except {@code true} as false, also {@code yes}. */
final class Switches {
    private final MavenSession session;
    private final MojoExecution execution;

    Switches(MavenSession session, MojoExecution execution) {
        this.session = session;
        this.execution = execution;
    }

    /** Adds a problem for each one whose value is neither {@code true} nor {@code false}. */
    void check(Problems problems) {
        Xpp3Dom configuration = execution.getConfiguration();
        if (configuration == null || execution.getMojoDescriptor() == null) {
            return;
        }
        for (Parameter parameter : execution.getMojoDescriptor().getParameters()) {
            Xpp3Dom written = configuration.getChild(parameter.getName());
            if (parameter.getType().equals("boolean") && written != null && written.getValue() != null) {
                Object value = evaluate(written.getValue());
                problems.require(
                        value == null || value.toString().matches("(?i)true|false"),
                        parameter.getName() + " (lshell." + parameter.getName()
                                + ") must be 'true' or 'false', but is '" + value + "'");
            }
        }
    }

    private Object evaluate(String written) {
        try {
            return new PluginParameterExpressionEvaluator(session, execution).evaluate(written);
        } catch (ExpressionEvaluationException e) {
            throw new IllegalStateException("can't evaluate " + written, e);
        }
    }
}
