package io.github.lambdashell.emulator.cloudformation.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** The schema of a property's evaluated value. */
@FunctionalInterface
interface Shape {
    /**
     * Validates a value.
     *
     * @param path path of the value, such as {@code #/Code/S3Bucket}
     * @param problems receives the path and the message of each problem
     */
    void check(String path, Object value, BiConsumer<String, String> problems);

    static Shape text() {
        return (path, value, problems) -> {
            if (!(value instanceof String)) {
                problems.accept(path, "expected type: String, found: " + kind(value));
            }
        };
    }

    static Shape text(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return (path, value, problems) -> {
            text().check(path, value, problems);
            if (value instanceof String text && !pattern.matcher(text).matches()) {
                problems.accept(path, "string [" + text + "] does not match pattern " + regex);
            }
        };
    }

    static Shape oneOf(String... values) {
        return (path, value, problems) -> {
            if (!List.of(values).contains(value)) {
                problems.accept(path, value + " is not a valid enum value");
            }
        };
    }

    static Shape flag() {
        return (path, value, problems) -> {
            if (!(value instanceof String text) || !text.matches("true|false")) {
                problems.accept(path, "expected type: Boolean, found: " + kind(value));
            }
        };
    }

    static Shape integer(long minimum, long maximum) {
        return (path, value, problems) -> {
            if (!(value instanceof String text) || !text.matches("-?[0-9]{1,18}")) {
                problems.accept(path, "expected type: Integer, found: " + kind(value));
            } else if (Long.parseLong(text) < minimum) {
                problems.accept(path, text + " is not greater or equal to " + minimum);
            } else if (Long.parseLong(text) > maximum) {
                problems.accept(path, text + " is not less or equal to " + maximum);
            }
        };
    }

    /** Returns the shape of any JSON object, whose content is not validated. */
    static Shape json() {
        return (path, value, problems) -> {
            if (!(value instanceof Map)) {
                problems.accept(path, "expected type: JSONObject, found: " + kind(value));
            }
        };
    }

    static Shape list(Shape item, int mostItems) {
        return (path, value, problems) -> {
            if (!(value instanceof List<?> list)) {
                problems.accept(path, "expected type: JSONArray, found: " + kind(value));
                return;
            }
            if (list.size() > mostItems) {
                problems.accept(path, "expected maximum item count: " + mostItems + ", found: " + list.size());
            }
            for (int i = 0; i < list.size(); i++) {
                item.check(path + '/' + i, list.get(i), problems);
            }
        };
    }

    static Shape map(String keyRegex, Shape item) {
        Pattern pattern = Pattern.compile(keyRegex);
        return (path, value, problems) -> {
            if (!(value instanceof Map<?, ?> map)) {
                problems.accept(path, "expected type: JSONObject, found: " + kind(value));
                return;
            }
            map.forEach((key, member) -> {
                if (!pattern.matcher(key.toString()).matches()) {
                    problems.accept(path, "extraneous key [" + key + "] is not permitted");
                }
                item.check(path + '/' + key, member, problems);
            });
        };
    }

    /** Returns the shape of a list of tags. */
    static Shape tags() {
        return list(new Members().required("Key", text(".{1,128}")).required("Value", text(".{0,256}")), 50);
    }

    private static String kind(Object value) {
        return value instanceof Map ? "JSONObject" : value instanceof List ? "JSONArray" : "String [" + value + "]";
    }

    /** An object with these members and no others. */
    final class Members implements Shape {
        private final Map<String, Shape> shapes = new LinkedHashMap<>();
        private final List<String> required = new java.util.ArrayList<>();

        Members optional(String name, Shape shape) {
            shapes.put(name, shape);
            return this;
        }

        Members required(String name, Shape shape) {
            required.add(name);
            return optional(name, shape);
        }

        @Override
        public void check(String path, Object value, BiConsumer<String, String> problems) {
            if (!(value instanceof Map<?, ?> map)) {
                problems.accept(path, "expected type: JSONObject, found: " + kind(value));
                return;
            }
            for (String name : required) {
                if (!map.containsKey(name)) {
                    problems.accept(path, "required key [" + name + "] not found");
                }
            }
            map.forEach((name, member) -> {
                Shape shape = shapes.get(name);
                if (shape == null) {
                    problems.accept(path, "extraneous key [" + name + "] is not permitted");
                } else {
                    shape.check(path + '/' + name, member, problems);
                }
            });
        }
    }
}
