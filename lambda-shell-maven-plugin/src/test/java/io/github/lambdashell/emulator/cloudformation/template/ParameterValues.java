package io.github.lambdashell.emulator.cloudformation.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the parameters of a template stand for. */
public final class ParameterValues {
    private final Map<String, String> given;
    private final Map<String, Object> evaluated;

    private ParameterValues(Map<String, String> given, Map<String, Object> evaluated) {
        this.given = given;
        this.evaluated = evaluated;
    }

    /**
     * @param given by name; the declarations' defaults stand for what is missing
     * @param pseudoParameters CloudFormation's own, by name
     * @throws io.github.lambdashell.target.local.http.AwsException 400 when one is missing, or is not what is declared
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

    /** The values as they were given, defaults included, by name in the template's order. */
    public Map<String, String> given() {
        return given;
    }

    /** What a reference gives, null when there is no such parameter. */
    Object get(String name) {
        return evaluated.get(name);
    }
}
