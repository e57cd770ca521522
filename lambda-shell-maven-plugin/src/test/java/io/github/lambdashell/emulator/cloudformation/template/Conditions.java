package io.github.lambdashell.emulator.cloudformation.template;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The conditions of a template with given parameters. */
final class Conditions implements Predicate<String> {
    private final Map<String, Object> definitions;
    private final Map<String, Boolean> results = new HashMap<>();
    private final Set<String> underWay = new LinkedHashSet<>();
    private final Evaluator evaluator;

    /**
     * Creates conditions.
     *
     * @param names values of the parameters; a condition can't refer to resources
     */
    Conditions(Map<String, Object> definitions, Map<String, Object> mappings, Evaluator.Names names) {
        this.definitions = definitions;
        this.evaluator = new Evaluator(mappings, names, this);
        definitions.keySet().forEach(this::test);
    }

    @Override
    public boolean test(String name) {
        Boolean known = results.get(name);
        if (known != null) {
            return known;
        }
        Object definition = definitions.get(name);
        if (definition == null) {
            throw TemplateError.format(
                    "Unresolved condition dependency " + name + " in the Conditions block of the template");
        }
        if (!underWay.add(name)) {
            throw TemplateError.format("Circular dependency between conditions: " + underWay);
        }
        boolean result = evaluate(definition);
        underWay.remove(name);
        results.put(name, result);
        return result;
    }

    private boolean evaluate(Object definition) {
        if (definition instanceof Map<?, ?> map && map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            Intrinsic function = new Intrinsic(only.getKey().toString(), only.getValue());
            switch (function.name()) {
                case "Condition":
                    return test(function.text());
                case "Fn::Not":
                    return !evaluate(function.list(1).get(0));
                case "Fn::And":
                    return parts(function).stream().allMatch(this::evaluate);
                case "Fn::Or":
                    return parts(function).stream().anyMatch(this::evaluate);
                case "Fn::Equals":
                    List<Object> sides = function.list(2);
                    Object left = evaluator.evaluate(sides.get(0));
                    return left != null && left.equals(evaluator.evaluate(sides.get(1)));
                default:
                    break;
            }
        }
        throw TemplateError.format(
                "Every Conditions member must be one of Fn::And, Fn::Equals, Fn::Not, Fn::Or, Condition");
    }

    private static List<Object> parts(Intrinsic function) {
        List<Object> parts = function.list();
        if (parts.size() < 2 || parts.size() > 10) {
            throw TemplateError.function("every " + function.name()
                    + " object requires a list of at least 2 and at most 10 " + "boolean parameters.");
        }
        return parts;
    }
}
