package io.github.lambdashell.emulator.cloudformation.template;

import java.util.List;
import java.util.Map;

/** What a part of a template has to be, or else a message. */
final class Structure {
    private Structure() {}

    @SuppressWarnings("unchecked") // TemplateReader makes no other maps.
    static Map<String, Object> map(Object value, String otherwise) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw TemplateError.format(otherwise);
    }

    @SuppressWarnings("unchecked") // TemplateReader makes no other lists.
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
