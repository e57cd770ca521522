package io.github.lambdashell.emulator.cloudformation.template;

import java.util.List;
import java.util.Map;

/**
 * A call of an intrinsic function in a template.
 *
 * @param name {@code Ref} or {@code Fn::...}
 * @param argument unevaluated argument
 */
record Intrinsic(String name, Object argument) {
    /** Returns the call that a map represents; null if it is an ordinary map. */
    static Intrinsic of(Map<?, ?> map) {
        if (map.size() != 1) {
            for (Object key : map.keySet()) {
                if (key.toString().startsWith("Fn::")) {
                    throw TemplateError.function("a function must stand alone in its object: " + key);
                }
            }
            return null;
        }
        Map.Entry<?, ?> only = map.entrySet().iterator().next();
        String name = only.getKey().toString();
        return name.equals("Ref") || name.startsWith("Fn::") ? new Intrinsic(name, only.getValue()) : null;
    }

    /** Returns the argument of a function with a string argument. */
    String text() {
        if (argument instanceof String text) {
            return text;
        }
        throw TemplateError.function("every " + name + " object must have a single String value.");
    }

    /** Returns the arguments of a function with a fixed number of them. */
    List<Object> list(int size) {
        List<Object> list = list();
        if (list.size() != size) {
            throw TemplateError.function("every " + name + " object requires " + size + " parameters.");
        }
        return list;
    }

    /** Returns the arguments of a function with several of them. */
    List<Object> list() {
        if (argument instanceof List<?> list) {
            return List.copyOf(list);
        }
        throw TemplateError.function("every " + name + " object must be a list of parameters.");
    }

    /** Returns the logical id and the attribute of a {@code Fn::GetAtt}. */
    List<String> getAttTarget() {
        if (argument instanceof String text && text.indexOf('.') > 0) {
            return List.of(text.substring(0, text.indexOf('.')), text.substring(text.indexOf('.') + 1));
        }
        if (argument instanceof List<?> list
                && list.size() == 2
                && list.get(0) instanceof String logicalId
                && list.get(1) instanceof String attribute) {
            return List.of(logicalId, attribute);
        }
        throw TemplateError.function("every Fn::GetAtt object requires two non-empty parameters, "
                + "the resource name and the resource attribute");
    }
}
