package io.github.lambdashell.emulator.cloudformation;

import io.github.lambdashell.emulator.cloudformation.stack.Capabilities;
import io.github.lambdashell.emulator.cloudformation.stack.Stack;
import io.github.lambdashell.emulator.cloudformation.stack.StackEvent;
import io.github.lambdashell.emulator.cloudformation.stack.StackResource;
import io.github.lambdashell.emulator.cloudformation.stack.StackSpec;
import io.github.lambdashell.emulator.cloudformation.template.ParameterDeclaration;
import io.github.lambdashell.emulator.cloudformation.template.ResourceDeclaration;
import io.github.lambdashell.emulator.cloudformation.template.Template;
import io.github.lambdashell.emulator.xml.Xml;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** The XML of stacks in CloudFormation's responses. */
final class StackXml {
    private static final String SECRET = "****";

    private StackXml() {}

    static void describe(Xml xml, Stack stack, Template template) {
        summarize(xml, stack);
        xml.element("Description", stack.description())
                .element("DisableRollback", "DO_NOTHING".equals(stack.onFailure()))
                .element("EnableTerminationProtection", stack.isDeleted() ? null : stack.terminationProtection())
                .element("NotificationARNs", list -> {})
                .element("RoleARN", stack.roleArn())
                .element("Outputs", list -> stack.outputs()
                        .forEach(output -> list.element("member", member -> member.element("OutputKey", output.key())
                                .element("OutputValue", output.value())
                                .element("Description", output.description()))));
        spec(xml, stack.spec(), template);
    }

    /**
     * Writes a stack's configuration.
     *
     * @param template the template of the configuration
     */
    static void spec(Xml xml, StackSpec spec, Template template) {
        xml.element("Capabilities", list -> spec.capabilities()
                        .forEach(capability -> list.element("member", capability)))
                .element("Parameters", list -> spec.parameters().forEach((key, value) -> {
                    ParameterDeclaration declaration = template.parameters().get(key);
                    boolean isSecret = declaration != null && declaration.noEcho();
                    list.element("member", member -> member.element("ParameterKey", key)
                            .element("ParameterValue", isSecret ? SECRET : value));
                }))
                .element("Tags", list -> spec.tags()
                        .forEach((key, value) -> list.element(
                                "member", member -> member.element("Key", key).element("Value", value))));
    }

    static void summarize(Xml xml, Stack stack) {
        xml.element("StackId", stack.id())
                .element("StackName", stack.name())
                .element("CreationTime", time(stack.created()))
                .element("LastUpdatedTime", time(stack.updated()))
                .element("DeletionTime", time(stack.deleted()))
                .element("StackStatus", stack.status())
                .element("StackStatusReason", stack.statusReason())
                .element("DriftInformation", drift -> drift.element("StackDriftStatus", "NOT_CHECKED"));
    }

    static void describe(Xml xml, Stack stack, StackEvent event) {
        xml.element("StackId", stack.id())
                .element("StackName", stack.name())
                .element("EventId", event.id())
                .element("LogicalResourceId", event.logicalId())
                .element("PhysicalResourceId", event.physicalId())
                .element("ResourceType", event.type())
                .element("Timestamp", time(event.timestamp()))
                .element("ResourceStatus", event.status())
                .element("ResourceStatusReason", event.reason())
                .element("ClientRequestToken", event.token());
    }

    /**
     * Writes a resource.
     *
     * @param timestampName name of the element for the status's time
     */
    static void describe(Xml xml, Stack stack, StackResource resource, String timestampName) {
        xml.element("StackId", stack.id())
                .element("StackName", stack.name())
                .element(timestampName, time(resource.timestamp()));
        status(xml, resource);
    }

    static void summarize(Xml xml, StackResource resource) {
        xml.element("LastUpdatedTimestamp", time(resource.timestamp()));
        status(xml, resource);
    }

    private static void status(Xml xml, StackResource resource) {
        xml.element("LogicalResourceId", resource.logicalId())
                .element("PhysicalResourceId", resource.physicalId())
                .element("ResourceType", resource.type())
                .element("ResourceStatus", resource.status())
                .element("ResourceStatusReason", resource.reason())
                .element("DriftInformation", drift -> drift.element("StackResourceDriftStatus", "NOT_CHECKED"));
    }

    /** Writes the result of ValidateTemplate for a valid template. */
    static void validated(Xml xml, Template template) {
        declared(xml, template, parameter -> null);
    }

    /** Writes the result of GetTemplateSummary, which adds the resource types. */
    static void summarize(Xml xml, Template template) {
        declared(xml, template, ParameterDeclaration::type);
        xml.element("ResourceTypes", list -> template.resources().values().stream()
                        .map(ResourceDeclaration::type)
                        .distinct()
                        .forEach(type -> list.element("member", type)))
                .element("Version", "2010-09-09");
    }

    private static void declared(Xml xml, Template template, Function<ParameterDeclaration, String> type) {
        xml.element("Description", template.description()).element("Parameters", list -> template.parameters()
                .values()
                .forEach(parameter -> list.element("member", member -> member.element("ParameterKey", parameter.name())
                        .element("ParameterType", type.apply(parameter))
                        .element("DefaultValue", parameter.defaultValue())
                        .element("NoEcho", parameter.noEcho())
                        .element("Description", parameter.description()))));
        Capabilities.neededBy(template).ifPresent(capability -> xml.element(
                        "Capabilities", list -> list.element("member", capability))
                .element(
                        "CapabilitiesReason",
                        "The following resource(s) require capabilities: " + Capabilities.typesBehind(template)));
    }

    /** Formats a time in CloudFormation's form, with milliseconds. */
    static String time(Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
