package io.github.lambdashell.emulator.cloudformation.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The validation of a resource's properties that CloudFormation performs before it calls the service. */
final class Checked {
    private Checked() {}

    /**
     * Validates the properties.
     *
     * @throws ResourceFailure with all problems, if there are any
     */
    static void properties(Shape shape, ResourceRequest request) throws ResourceFailure {
        List<String> problems = new ArrayList<>();
        shape.check("#", request.properties(), (path, problem) -> problems.add(path + ": " + problem));
        if (!problems.isEmpty()) {
            throw new ResourceFailure("Properties validation failed for resource " + request.logicalId()
                    + " with message:\n[" + String.join(", ", problems) + "]");
        }
    }

    /**
     * Requires that a policy has statements, and that each of them has an effect.
     *
     * @param where property, for the message
     */
    static void policy(String where, Map<?, ?> document) throws ResourceFailure {
        Object statements = document.get("Statement");
        List<?> list = statements instanceof List<?> several ? several : List.of(statements == null ? "" : statements);
        for (Object statement : list) {
            boolean isStatement = statement instanceof Map<?, ?> map
                    && List.of("Allow", "Deny").contains(String.valueOf(map.get("Effect")));
            if (!isStatement) {
                throw new ResourceFailure("Resource handler returned message: \"Syntax errors in policy: " + where
                        + " needs a Statement, and each statement an Effect of Allow or Deny\" "
                        + "(HandlerErrorCode: InvalidRequest)");
            }
        }
    }
}
