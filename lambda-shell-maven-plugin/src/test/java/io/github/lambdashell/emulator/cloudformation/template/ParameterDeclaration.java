package io.github.lambdashell.emulator.cloudformation.template;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The declaration of a parameter in a template.
 *
 * @param name logical name
 * @param type one of {@code String}, {@code Number}, {@code CommaDelimitedList}, {@code List<Number>}
 * @param defaultValue null if a value is required
 * @param noEcho whether its value is a secret
 * @param description null if there is none
 * @param constraints the declaration's other members
 */
public record ParameterDeclaration(
        String name,
        String type,
        String defaultValue,
        boolean noEcho,
        String description,
        Map<String, Object> constraints) {
    private static final Set<String> TYPES = Set.of("String", "Number", "CommaDelimitedList", "List<Number>");
    private static final Set<String> MEMBERS = Set.of(
            "Type",
            "Default",
            "NoEcho",
            "Description",
            "AllowedValues",
            "AllowedPattern",
            "ConstraintDescription",
            "MinLength",
            "MaxLength",
            "MinValue",
            "MaxValue");
    private static final int LARGEST_BYTES = 4096;

    static ParameterDeclaration of(String name, Object declaration) {
        Map<String, Object> members = Structure.map(declaration, "Every Parameters member must be an object");
        for (String member : members.keySet()) {
            if (!MEMBERS.contains(member)) {
                throw TemplateError.validation("Invalid template parameter property '" + member + "'");
            }
        }
        String type = Structure.text(members.get("Type"), "Every Parameters object must contain a Type member.");
        if (!TYPES.contains(type)) {
            throw TemplateError.format("Unrecognized parameter type: " + type + ". The local endpoint knows "
                    + String.join(", ", TYPES.stream().sorted().toList()));
        }
        Object defaultValue = members.get("Default");
        if (defaultValue != null && !(defaultValue instanceof String)) {
            throw TemplateError.format("Every Default member must be a string.");
        }
        return new ParameterDeclaration(
                name,
                type,
                (String) defaultValue,
                "true".equalsIgnoreCase(String.valueOf(members.get("NoEcho"))),
                (String) members.get("Description"),
                members);
    }

    /**
     * Returns the value of a reference to the parameter.
     *
     * @return a string or a list of strings
     * @throws io.github.lambdashell.target.local.endpoint.AwsException 400 if the value violates the declaration
     */
    Object evaluate(String value) {
        if (value.getBytes(StandardCharsets.UTF_8).length > LARGEST_BYTES) {
            throw failed("must not be longer than " + LARGEST_BYTES + " bytes");
        }
        if (type.equals("String") || type.equals("Number")) {
            check(value);
            return value;
        }
        // As on AWS, an empty text is a list with one empty member.
        List<String> members =
                Arrays.stream(value.split(",", -1)).map(String::strip).toList();
        members.forEach(this::check);
        return members;
    }

    private void check(String value) {
        if (constraints.containsKey("AllowedValues")
                && !Structure.list(constraints.get("AllowedValues"), "Every AllowedValues member must be a list.")
                        .contains(value)) {
            throw failed("must be one of AllowedValues");
        }
        if (type.contains("Number")) {
            checkNumber(value);
        } else {
            checkText(value);
        }
    }

    private void checkNumber(String value) {
        BigDecimal number;
        try {
            number = new BigDecimal(value.strip());
        } catch (NumberFormatException e) {
            throw failed("must be a number.");
        }
        if (limit("MinValue") != null && number.compareTo(limit("MinValue")) < 0) {
            throw failed("must be a number not less than " + limit("MinValue"));
        }
        if (limit("MaxValue") != null && number.compareTo(limit("MaxValue")) > 0) {
            throw failed("must be a number not greater than " + limit("MaxValue"));
        }
    }

    private void checkText(String value) {
        BigDecimal length = BigDecimal.valueOf(value.length());
        if (limit("MinLength") != null && length.compareTo(limit("MinLength")) < 0) {
            throw failed("must contain at least " + limit("MinLength") + " characters");
        }
        if (limit("MaxLength") != null && length.compareTo(limit("MaxLength")) > 0) {
            throw failed("must contain at most " + limit("MaxLength") + " characters");
        }
        Object pattern = constraints.get("AllowedPattern");
        try {
            if (pattern != null && !Pattern.matches(pattern.toString(), value)) {
                throw failed("must match pattern " + pattern);
            }
        } catch (PatternSyntaxException e) {
            throw TemplateError.format("Invalid AllowedPattern of parameter " + name + ": " + e.getDescription());
        }
    }

    private BigDecimal limit(String member) {
        Object limit = constraints.get(member);
        if (limit == null) {
            return null;
        }
        try {
            return new BigDecimal(limit.toString());
        } catch (NumberFormatException e) {
            throw TemplateError.format(member + " of parameter " + name + " must be a number.");
        }
    }

    private RuntimeException failed(String otherwise) {
        Object description = constraints.get("ConstraintDescription");
        return TemplateError.validation(
                description == null
                        ? "Parameter '" + name + "' " + otherwise
                        : "Parameter '" + name + "' failed to satisfy constraint: " + description);
    }
}
