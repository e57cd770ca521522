package io.github.lambdashell.emulator.cloudformation.template;

import java.util.List;
import java.util.Map;

/** Type checks of a template's parts, with a message for a wrong type. */
final class Structure {
    private Structure() {}

    @SuppressWarnings("unchecked") // TemplateReader creates no other maps.
    static Map<String, Object> map(Object value, String otherwise) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw TemplateError.format(otherwise);
    }

    @SuppressWarnings("unchecked") // TemplateReader creates no other lists.
    static List<Object> list(Object value, String otherwise) {
        if (value instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw TemplateError.format(otherwise);
    }

    static String text(Object value, String otherwise) {
        if (value instanceof String text) {
            return text;
        }
        throw TemplateError.format(otherwise);
    }
}
