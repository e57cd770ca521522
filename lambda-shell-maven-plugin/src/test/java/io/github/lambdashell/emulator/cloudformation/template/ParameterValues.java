package io.github.lambdashell.emulator.cloudformation.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The values of a template's parameters. */
public final class ParameterValues {
    private final Map<String, String> given;
    private final Map<String, Object> evaluated;

    private ParameterValues(Map<String, String> given, Map<String, Object> evaluated) {
        this.given = given;
        this.evaluated = evaluated;
    }

    /**
     * Returns the validated values.
     *
     * @param given values by name; the defaults of the declarations replace missing ones
     * @param pseudoParameters CloudFormation's own, by name
     * @throws io.github.lambdashell.target.local.endpoint.AwsException 400 if one is missing, or violates its
     *     declaration
     */
    public static ParameterValues of(
            Template template, Map<String, String> given, Map<String, Object> pseudoParameters) {
        Set<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(template.parameters().keySet());
        if (!unknown.isEmpty()) {
            throw TemplateError.validation("Parameters: " + unknown + " do not exist in the template");
        }
        Set<String> missing = new TreeSet<>();
        Map<String, String> values = new LinkedHashMap<>();
        template.parameters().forEach((name, declaration) -> {
            String value = given.getOrDefault(name, declaration.defaultValue());
            if (value == null) {
                missing.add(name);
            } else {
                values.put(name, value);
            }
        });
        if (!missing.isEmpty()) {
            throw TemplateError.validation("Parameters: " + missing + " must have values");
        }
        Map<String, Object> evaluated = new LinkedHashMap<>(pseudoParameters);
        values.forEach((name, value) ->
                evaluated.put(name, template.parameters().get(name).evaluate(value)));
        return new ParameterValues(values, evaluated);
    }

    /** Returns the unevaluated values, defaults included, by name in the template's order. */
    public Map<String, String> given() {
        return given;
    }

    /** Returns the value of a reference; null if there is no such parameter. */
    Object get(String name) {
        return evaluated.get(name);
    }
}
