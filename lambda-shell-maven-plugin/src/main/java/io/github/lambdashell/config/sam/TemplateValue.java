package io.github.lambdashell.config.sam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A value of a template. CloudFormation's functions have one form, whether they are written as a tag ({@code !Ref}) or
 * as a key ({@code Ref}, {@code Fn::Sub}).
 */
sealed interface TemplateValue {
    /** Returns the line in which it is written, counted from 1. */
    int line();

    /**
     * A text, or a number or boolean as it is written.
     *
     * @param rewritten whether CloudFormation passes on another text, as for {@code 0755} and {@code yes} without quotes
     */
    record Text(String text, boolean rewritten, int line) implements TemplateValue {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A list. */
    record Items(List<TemplateValue> items, int line) implements TemplateValue {
        @Override
        public String toString() {
            return items.stream().map(TemplateValue::toString).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** A map; keys without a value are left out. */
    record Members(Map<String, TemplateValue> members, int line) implements TemplateValue {
        static final Members NONE = new Members(Map.of(), 1);

        /** Returns the value of a key; null if there is none. */
        TemplateValue get(String name) {
            return members.get(name);
        }

        /** Returns the value of a key if it is a map, otherwise an empty map. */
        Members map(String name) {
            return get(name) instanceof Members map ? map : NONE;
        }

        /** Returns whether a key has this text. */
        boolean has(String name, String text) {
            return get(name) instanceof Text value && value.text.equals(text);
        }

        /**
         * Returns this map, completed by another as SAM completes a function by {@code Globals}: maps are merged, lists
         * are joined with the other's items first, and all else is replaced.
         */
        Members orElse(Members globals) {
            Map<String, TemplateValue> merged = new LinkedHashMap<>(globals.members);
            members.forEach((name, own) -> merged.merge(name, own, (global, value) -> {
                if (global instanceof Members others && value instanceof Members map) {
                    return map.orElse(others);
                }
                if (global instanceof Items others && value instanceof Items list) {
                    List<TemplateValue> all = new ArrayList<>(others.items);
                    all.addAll(list.items);
                    return new Items(all, list.line);
                }
                return value;
            }));
            return new Members(merged, line);
        }

        @Override
        public String toString() {
            return members.entrySet().stream()
                    .map(member -> member.getKey() + ": " + member.getValue())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /**
     * A call of one of CloudFormation's functions.
     *
     * @param function {@code Ref}, {@code Fn::Sub} and so on
     */
    record Call(String function, TemplateValue argument, int line) implements TemplateValue {
        @Override
        public String toString() {
            return "!" + function.replace("Fn::", "") + " " + argument;
        }
    }
}
