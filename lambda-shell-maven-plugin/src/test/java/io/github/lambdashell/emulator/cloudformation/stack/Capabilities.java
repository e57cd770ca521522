package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.resource.ResourceTypes;
import io.github.lambdashell.emulator.cloudformation.template.ResourceDeclaration;
import io.github.lambdashell.emulator.cloudformation.template.Template;
import io.github.lambdashell.target.local.endpoint.AwsException;
import java.util.List;
import java.util.Optional;

/** The capabilities that a caller has to acknowledge for a template. */
public final class Capabilities {
    private static final String IAM = "CAPABILITY_IAM";
    private static final String NAMED_IAM = "CAPABILITY_NAMED_IAM";

    private Capabilities() {}

    /** Returns the capability that a template requires; empty if it requires none. */
    public static Optional<String> neededBy(Template template) {
        List<ResourceDeclaration> resources = template.resourcesOf(ResourceTypes.OF_IAM);
        if (resources.isEmpty()) {
            return Optional.empty();
        }
        boolean isNamed =
                resources.stream().anyMatch(resource -> resource.properties().containsKey("RoleName"));
        return Optional.of(isNamed ? NAMED_IAM : IAM);
    }

    /** Returns the distinct types for which a template requires a capability. */
    public static List<String> typesBehind(Template template) {
        return template.resourcesOf(ResourceTypes.OF_IAM).stream()
                .map(ResourceDeclaration::type)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Requires that the necessary capability is acknowledged.
     *
     * @throws AwsException 400 if it is not
     */
    static void check(Template template, List<String> given) {
        Optional<String> needed = neededBy(template);
        if (needed.isPresent() && !given.contains(needed.get()) && !given.contains(NAMED_IAM)) {
            throw new AwsException(
                    400, "InsufficientCapabilitiesException", "Requires capabilities : [" + needed.get() + "]");
        }
    }
}
