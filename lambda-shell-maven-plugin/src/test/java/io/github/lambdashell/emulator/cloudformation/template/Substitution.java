package io.github.lambdashell.emulator.cloudformation.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The argument of a {@code Fn::Sub}.
 *
 * @param text text with {@code ${Name}} for a variable, and {@code ${!Name}} for a literal
 * @param values its own variables by name, unevaluated
 */
record Substitution(String text, Map<String, Object> values) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:]+");

    static Substitution of(Intrinsic intrinsic) {
        if (intrinsic.argument() instanceof String text) {
            return new Substitution(text, Map.of());
        }
        if (intrinsic.argument() instanceof List<?> list
                && list.size() == 2
                && list.get(0) instanceof String text
                && list.get(1) instanceof Map<?, ?>) {
            return new Substitution(text, Structure.map(list.get(1), ""));
        }
        throw TemplateError.function(
                "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a "
                        + "string as first argument, and an optional second argument to specify a mapping of values to "
                        + "replace in the string");
    }

    /** Returns the names between {@code ${} and {@code }}, in their order. */
    List<String> variables() {
        List<String> names = new ArrayList<>();
        replace(name -> {
            names.add(name);
            return "";
        });
        return names;
    }

    /** Returns the text with the values of the variables. */
    String replace(UnaryOperator<String> valueOf) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            String name = match.group(1).strip();
            if (name.startsWith("!")) {
                return Matcher.quoteReplacement("${" + name.substring(1) + "}");
            }
            if (!NAME.matcher(name).matches()) {
                throw TemplateError.function("variable names in Fn::Sub syntax must contain only alphanumeric "
                        + "characters, underscores, periods, and colons");
            }
            return Matcher.quoteReplacement(valueOf.apply(name));
        });
    }
}
