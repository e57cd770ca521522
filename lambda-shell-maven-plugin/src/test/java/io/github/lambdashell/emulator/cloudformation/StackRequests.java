package io.github.lambdashell.emulator.cloudformation;

import io.github.lambdashell.emulator.cloudformation.stack.ChangeSetRequest;
import io.github.lambdashell.emulator.cloudformation.stack.StackRequest;
import io.github.lambdashell.emulator.query.QueryRequest;
import io.github.lambdashell.target.local.endpoint.AwsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parser of the requests that create or update stacks. */
final class StackRequests {
    private static final int LARGEST_TEMPLATE_BYTES = 51_200;
    private static final int MOST_TAGS = 50;
    private static final Set<String> CAPABILITIES =
            Set.of("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND");

    private StackRequests() {}

    static StackRequest ofCreation(QueryRequest request) {
        request.requireOnly(
                "StackName",
                "TemplateBody",
                "Parameters",
                "Tags",
                "Capabilities",
                "OnFailure",
                "DisableRollback",
                "TimeoutInMinutes",
                "RoleARN",
                "EnableTerminationProtection",
                "DeploymentConfig",
                "ClientRequestToken");
        return creation(request);
    }

    private static StackRequest creation(QueryRequest request) {
        return new StackRequest(
                request.required("StackName"),
                template(request).orElseThrow(StackRequests::noTemplate),
                parameters(request),
                List.of(),
                tags(request),
                capabilities(request),
                onFailure(request),
                request.flag("EnableTerminationProtection"),
                request.get("RoleARN").orElse(null),
                request.get("ClientRequestToken").orElse(null));
    }

    static StackRequest ofUpdate(QueryRequest request) {
        request.requireOnly(
                "StackName",
                "TemplateBody",
                "UsePreviousTemplate",
                "Parameters",
                "Tags",
                "Capabilities",
                "RoleARN",
                "ClientRequestToken");
        return update(request);
    }

    static ChangeSetRequest ofChangeSet(QueryRequest request) {
        request.requireOnly(
                "ChangeSetName",
                "ChangeSetType",
                "StackName",
                "TemplateBody",
                "UsePreviousTemplate",
                "Parameters",
                "Tags",
                "Capabilities",
                "RoleARN",
                "Description",
                "ClientToken");
        String type = request.get("ChangeSetType").orElse("UPDATE");
        if (!Set.of("CREATE", "UPDATE").contains(type)) {
            throw refusal("The local endpoint has no change sets of the type " + type);
        }
        boolean isCreation = type.equals("CREATE");
        return new ChangeSetRequest(
                request.required("ChangeSetName"),
                request.get("Description").orElse(null),
                isCreation,
                isCreation ? creation(request) : update(request));
    }

    private static StackRequest update(QueryRequest request) {
        Optional<String> template = template(request);
        if (template.isPresent() == request.flag("UsePreviousTemplate")) {
            throw noTemplate();
        }
        return new StackRequest(
                request.required("StackName"),
                template.orElse(null),
                parameters(request),
                previousParameters(request),
                request.hasList("Tags") ? tags(request) : null,
                capabilities(request),
                null,
                false,
                request.get("RoleARN").orElse(null),
                request.get("ClientRequestToken").orElse(null));
    }

    /** Returns the template of a request; empty if it has none. */
    static Optional<String> template(QueryRequest request) {
        Optional<String> template = request.get("TemplateBody");
        template.map(text -> text.getBytes(StandardCharsets.UTF_8).length).ifPresent(size -> {
            if (size == 0 || size > LARGEST_TEMPLATE_BYTES) {
                throw refusal(
                        "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member "
                                + "must have length "
                                + (size == 0
                                        ? "greater than or equal to 1"
                                        : "less than or equal to " + LARGEST_TEMPLATE_BYTES));
            }
        });
        return template;
    }

    static AwsException noTemplate() {
        return refusal("Either Template URL or Template Body must be specified.");
    }

    private static AwsException refusal(String message) {
        return new AwsException(400, "ValidationError", message);
    }

    private static Map<String, String> parameters(QueryRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Map<String, String> parameter : request.structures("Parameters")) {
            String key = key(parameter);
            if (!"true".equals(parameter.get("UsePreviousValue"))
                    && parameters.put(key, parameter.getOrDefault("ParameterValue", "")) != null) {
                throw refusal("Parameters: [" + key + "] are duplicated");
            }
        }
        return parameters;
    }

    private static String key(Map<String, String> parameter) {
        return Optional.ofNullable(parameter.get("ParameterKey"))
                .orElseThrow(() -> refusal("Parameters: each needs a ParameterKey"));
    }

    private static List<String> previousParameters(QueryRequest request) {
        List<String> names = new ArrayList<>();
        for (Map<String, String> parameter : request.structures("Parameters")) {
            if ("true".equals(parameter.get("UsePreviousValue"))) {
                names.add(key(parameter));
            }
        }
        return names;
    }

    private static Map<String, String> tags(QueryRequest request) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Map<String, String> tag : request.structures("Tags")) {
            String key = tag.getOrDefault("Key", "");
            String value = tag.getOrDefault("Value", "");
            if (key.isEmpty() || key.length() > 128 || value.length() > 256) {
                throw refusal("The tag " + key + " must have a key of 1 to 128 and a value of at most 256 characters");
            }
            if (key.startsWith("aws:")) {
                throw refusal("aws: prefixed tag key names are not allowed for external use.");
            }
            if (tags.put(key, value) != null) {
                throw refusal("Duplicate tag key: " + key);
            }
        }
        if (tags.size() > MOST_TAGS) {
            throw refusal("A stack can't have more than " + MOST_TAGS + " tags");
        }
        return tags;
    }

    private static List<String> capabilities(QueryRequest request) {
        List<String> capabilities = request.list("Capabilities");
        for (String capability : capabilities) {
            if (!CAPABILITIES.contains(capability)) {
                throw refusal("1 validation error detected: Value '[" + capability + "]' at 'capabilities' failed to "
                        + "satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: "
                        + CAPABILITIES.stream().sorted().toList() + "]");
            }
        }
        return capabilities;
    }

    private static String onFailure(QueryRequest request) {
        Optional<String> onFailure = request.get("OnFailure");
        if (onFailure.isPresent() && request.get("DisableRollback").isPresent()) {
            throw refusal("You can specify only one of DisableRollback and OnFailure");
        }
        String chosen = onFailure.orElse(request.flag("DisableRollback") ? "DO_NOTHING" : "ROLLBACK");
        if (!Set.of("DO_NOTHING", "ROLLBACK", "DELETE").contains(chosen)) {
            throw refusal("1 validation error detected: Value '" + chosen + "' at 'onFailure' failed to satisfy "
                    + "constraint: Member must satisfy enum value set: [ROLLBACK, DELETE, DO_NOTHING]");
        }
        return chosen;
    }
}
