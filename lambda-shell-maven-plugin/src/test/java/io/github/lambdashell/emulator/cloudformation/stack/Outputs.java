package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.template.Evaluator;
import io.github.lambdashell.emulator.cloudformation.template.ResolvedTemplate;
import java.util.List;

/** The evaluated outputs of a stack. */
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
