package io.github.lambdashell.emulator.cloudformation.template;

import java.util.List;
import java.util.Map;

/**
 * A call of a function in a template.
 *
 * @param name {@code Ref} or {@code Fn::...}
 * @param argument not evaluated
 */
record Intrinsic(String name, Object argument) {
    /** The call that a map is, or null when it is a map. */
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

    /** The argument of a function that takes a text. */
    String text() {
        if (argument instanceof String text) {
            return text;
        }
        throw TemplateError.function("every " + name + " object must have a single String value.");
    }

    /** The argument of a function that takes so many. */
    List<Object> list(int size) {
        List<Object> list = list();
        if (list.size() != size) {
            throw TemplateError.function("every " + name + " object requires " + size + " parameters.");
        }
        return list;
    }

    /** The argument of a function that takes several. */
    List<Object> list() {
        if (argument instanceof List<?> list) {
            return List.copyOf(list);
        }
        throw TemplateError.function("every " + name + " object must be a list of parameters.");
    }

    /** Logical id and attribute of a {@code Fn::GetAtt}. */
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
