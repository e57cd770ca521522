package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.resource.Place;
import io.github.lambdashell.emulator.cloudformation.resource.ResourceTypes;
import io.github.lambdashell.emulator.cloudformation.template.ParameterValues;
import io.github.lambdashell.emulator.cloudformation.template.ResolvedTemplate;
import io.github.lambdashell.emulator.cloudformation.template.Template;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A planner, which validates requests and computes the resulting stacks. */
final class Planner {
    private final Place place;
    private final ResourceTypes types;

    Planner(Place place, ResourceTypes types) {
        this.place = place;
        this.types = types;
    }

    Template parse(String template) {
        return Template.parse(template, types);
    }

    /** Returns a new stack without resources. */
    Stack newStack(String name) {
        Refusal.checkName(name, "stackName");
        return new Stack(arn("stack", name), name, Instant.now());
    }

    /** Returns a new ARN of a stack or a change set. */
    String arn(String kind, String name) {
        return place.arn("cloudformation", kind + "/" + name + "/" + UUID.randomUUID());
    }

    /**
     * Plans the operation of a request.
     *
     * @throws io.github.lambdashell.target.local.endpoint.AwsException 400 if the template or its parameters are
     *     invalid, or a capability is not acknowledged
     */
    Plan plan(Stack stack, StackRequest request) {
        String text = request.template() == null ? stack.spec().template() : request.template();
        Template template = parse(text);
        ResolvedTemplate resolved = resolve(template, parameters(request, stack), stack);
        Capabilities.check(template, request.capabilities());
        Map<String, String> tags = request.tags() == null ? stack.spec().tags() : request.tags();
        StackSpec spec = new StackSpec(text, resolved.parameters().given(), tags, request.capabilities());
        return new Plan(spec, resolved, request.roleArn());
    }

    /** Plans the operation of a change set. */
    Plan plan(Stack stack, ChangeSet changeSet) {
        StackSpec spec = changeSet.spec();
        return new Plan(spec, resolve(parse(spec.template()), spec.parameters(), stack), changeSet.roleArn());
    }

    private static Map<String, String> parameters(StackRequest request, Stack stack) {
        Map<String, String> parameters = new LinkedHashMap<>(request.parameters());
        for (String name : request.previousParameters()) {
            String previous = stack.spec().parameters().get(name);
            if (previous == null) {
                throw Refusal.validation("Invalid input for parameter key " + name
                        + ". Cannot specify usePreviousValue as true for a parameter key not in the previous template");
            }
            parameters.put(name, previous);
        }
        return parameters;
    }

    private ResolvedTemplate resolve(Template template, Map<String, String> parameters, Stack stack) {
        Map<String, Object> pseudo = new HashMap<>();
        pseudo.put("AWS::AccountId", place.accountId());
        pseudo.put("AWS::NotificationARNs", List.of());
        pseudo.put("AWS::Partition", place.partition());
        pseudo.put("AWS::Region", place.region());
        pseudo.put("AWS::StackId", stack.id());
        pseudo.put("AWS::StackName", stack.name());
        pseudo.put("AWS::URLSuffix", place.urlSuffix());
        return new ResolvedTemplate(template, ParameterValues.of(template, parameters, pseudo));
    }
}
