package io.github.lambdashell.local.cloudformation.stack;

import io.github.lambdashell.local.cloudformation.template.Evaluator;
import io.github.lambdashell.local.cloudformation.template.ResolvedTemplate;
import java.util.List;

/** The outputs of a stack, evaluated. */
final class Outputs {
    private Outputs() {}

    static List<StackOutput> of(ResolvedTemplate template, Evaluator evaluator) {
        return template.outputs().stream()
                .map(output -> new StackOutput(
                        output.name(),
                        evaluator.text(output.value(), "Value field of output " + output.name()),
                        output.description()))
                .toList();
    }
}
