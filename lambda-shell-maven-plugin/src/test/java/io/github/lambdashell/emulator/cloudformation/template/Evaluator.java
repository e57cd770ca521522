package io.github.lambdashell.emulator.cloudformation.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** An evaluator of a template's values, which replaces function calls and returns maps, lists and strings. */
public final class Evaluator {
    static final Set<String> FUNCTIONS = Set.of(
            "Ref",
            "Fn::Base64",
            "Fn::FindInMap",
            "Fn::GetAtt",
            "Fn::If",
            "Fn::Join",
            "Fn::Select",
            "Fn::Split",
            "Fn::Sub");

    /** Marker of a value that is treated as absent. */
    private static final Object NO_VALUE = new Object();

    private final Map<String, Object> mappings;
    private final Names names;
    private final Predicate<String> conditions;

    /** The values of names. */
    public interface Names {
        /**
         * Returns the value of a name.
         *
         * @return a string or a list of strings
         */
        Object ref(String name);

        Object attribute(String logicalId, String attribute);
    }

    Evaluator(Map<String, Object> mappings, Names names, Predicate<String> conditions) {
        this.mappings = mappings;
        this.names = names;
        this.conditions = conditions;
    }

    /** Returns the evaluated properties of a resource, without absent values. */
    public Map<String, Object> properties(Map<String, Object> properties) {
        return evaluateMap(properties);
    }

    /**
     * Evaluates a value to a single string.
     *
     * @param what description of the value for the message
     */
    public String text(Object value, String what) {
        if (evaluate(value) instanceof String text) {
            return text;
        }
        throw TemplateError.format("The " + what + " must be a string.");
    }

    /** Evaluates a value; returns null for {@code AWS::NoValue}. */
    Object evaluate(Object value) {
        Object evaluated = evaluateOrNoValue(value);
        return evaluated == NO_VALUE ? null : evaluated;
    }

    private Object evaluateOrNoValue(Object value) {
        if (value instanceof List<?> list) {
            List<Object> evaluated = new ArrayList<>();
            for (Object item : list) {
                Object one = evaluateOrNoValue(item);
                if (one != NO_VALUE) {
                    evaluated.add(one);
                }
            }
            return evaluated;
        }
        if (value instanceof Map<?, ?> map) {
            Intrinsic intrinsic = Intrinsic.of(map);
            return intrinsic == null ? evaluateMap(map) : call(intrinsic);
        }
        return value;
    }

    private Map<String, Object> evaluateMap(Map<?, ?> map) {
        Map<String, Object> evaluated = new LinkedHashMap<>();
        map.forEach((key, item) -> {
            Object one = evaluateOrNoValue(item);
            if (one != NO_VALUE) {
                evaluated.put(key.toString(), one);
            }
        });
        return evaluated;
    }

    private Object call(Intrinsic function) {
        return switch (function.name()) {
            case "Ref" -> function.text().equals("AWS::NoValue") ? NO_VALUE : names.ref(function.text());
            case "Fn::GetAtt" -> {
                List<String> target = function.getAttTarget();
                yield names.attribute(target.get(0), target.get(1));
            }
            case "Fn::If" -> {
                List<Object> parts = function.list(3);
                yield evaluateOrNoValue(parts.get(conditions.test((String) parts.get(0)) ? 1 : 2));
            }
            case "Fn::Sub" -> substitute(Substitution.of(function));
            case "Fn::Join" -> join(function.list(2));
            case "Fn::Split" -> split(function.list(2));
            case "Fn::Select" -> select(function.list(2));
            case "Fn::FindInMap" -> findInMap(function.list(3));
            case "Fn::Base64" ->
                Base64.getEncoder()
                        .encodeToString(
                                string(function.argument(), "Fn::Base64").getBytes(StandardCharsets.UTF_8));
            default ->
                throw TemplateError.function(
                        "Encountered unsupported function: " + function.name() + " Supported functions are: "
                                + FUNCTIONS.stream().sorted().toList());
        };
    }

    private String substitute(Substitution substitution) {
        return substitution.replace(name -> {
            Object own = substitution.values().get(name);
            int dot = name.indexOf('.');
            Object value;
            if (own != null) {
                value = evaluate(own);
            } else {
                value = dot < 0 ? names.ref(name) : names.attribute(name.substring(0, dot), name.substring(dot + 1));
            }
            if (value instanceof String text) {
                return text;
            }
            throw TemplateError.function("Fn::Sub expression does not resolve to a string: ${" + name + "}");
        });
    }

    private String join(List<Object> parts) {
        String delimiter = string(parts.get(0), "Fn::Join");
        if (evaluate(parts.get(1)) instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).collect(Collectors.joining(delimiter));
        }
        throw TemplateError.function("every Fn::Join object requires two parameters, (1) a string delimiter and (2) a "
                + "list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to "
                + "be joined.");
    }

    private List<String> split(List<Object> parts) {
        String delimiter = string(parts.get(0), "Fn::Split");
        if (delimiter.isEmpty()) {
            throw TemplateError.function("every Fn::Split object requires a delimiter that is not empty.");
        }
        String text = string(parts.get(1), "Fn::Split");
        return Arrays.asList(text.split(java.util.regex.Pattern.quote(delimiter), -1));
    }

    private Object select(List<Object> parts) {
        String index = string(parts.get(0), "Fn::Select");
        if (!(evaluate(parts.get(1)) instanceof List<?> list)) {
            throw TemplateError.function(
                    "Fn::Select requires a list argument with two elements: an integer index and a list");
        }
        if (!index.matches("[0-9]{1,6}") || Integer.parseInt(index) >= list.size()) {
            throw TemplateError.function("Fn::Select cannot select nonexistent value at index " + index);
        }
        return list.get(Integer.parseInt(index));
    }

    private Object findInMap(List<Object> parts) {
        String map = string(parts.get(0), "Fn::FindInMap");
        String key = string(parts.get(1), "Fn::FindInMap");
        String member = string(parts.get(2), "Fn::FindInMap");
        if (mappings.get(map) instanceof Map<?, ?> keys
                && keys.get(key) instanceof Map<?, ?> members
                && members.get(member) != null) {
            return members.get(member);
        }
        throw TemplateError.function("Unable to get mapping for " + map + "::" + key + "::" + member);
    }

    private String string(Object value, String function) {
        if (evaluate(value) instanceof String text) {
            return text;
        }
        throw TemplateError.function("every " + function + " object needs a string where it has something else.");
    }
}
