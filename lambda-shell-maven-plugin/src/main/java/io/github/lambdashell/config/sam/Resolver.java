package io.github.lambdashell.config.sam;

import io.github.lambdashell.config.Partition;
import io.github.lambdashell.config.sam.SamFunction.Unresolved;
import io.github.lambdashell.config.sam.TemplateValue.Call;
import io.github.lambdashell.config.sam.TemplateValue.Items;
import io.github.lambdashell.config.sam.TemplateValue.Members;
import io.github.lambdashell.config.sam.TemplateValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates those functions of a template whose values are certain before it is deployed: {@code Ref} and
 * {@code Fn::Sub} of parameters with a default and of the configured region, {@code Fn::Join} and {@code Fn::FindInMap}.
 * It collects all other values with the reason.
 */
final class Resolver {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^${}]*)}");
    private static final int MAX_SHOWN = 60;
    private static final String ON_DEPLOYMENT = "known only when the template is deployed";

    private final Members template;
    private final String region;
    private final Set<String> defaults = new TreeSet<>();
    private final List<Unresolved> unresolved = new ArrayList<>();

    /**
     * @param template the template's root
     * @param region the value of {@code AWS::Region}; null if it is not known
     */
    Resolver(Members template, String region) {
        this.template = template;
        this.region = region;
    }

    /** The reason why a value is not known. */
    private static final class UnknownException extends Exception {
        private static final long serialVersionUID = 1;

        UnknownException(String reason) {
            super(reason);
        }
    }

    /** Returns the names of the parameters whose defaults were used. */
    Set<String> defaults() {
        return defaults;
    }

    /** Returns the values that are not known. */
    List<Unresolved> unresolved() {
        return unresolved;
    }

    /** Returns whether a value removes its property: {@code !Ref AWS::NoValue}. */
    static boolean isNoValue(TemplateValue value) {
        return value instanceof Call call
                && call.function().equals("Ref")
                && call.argument() instanceof Text name
                && name.text().equals("AWS::NoValue");
    }

    /**
     * Returns a value's text; empty if it is not known.
     *
     * @param parameter the goals' parameter that it sets
     */
    Optional<String> text(String parameter, TemplateValue value) {
        Set<String> used = new TreeSet<>();
        try {
            String text = evaluate(value, used);
            defaults.addAll(used);
            return Optional.of(text);
        } catch (UnknownException e) {
            unknown(parameter, value, e.getMessage());
            return Optional.empty();
        }
    }

    /** Adds a value that is not known. */
    void unknown(String parameter, TemplateValue value, String reason) {
        String shown = value.toString().replaceAll("\\s+", " ");
        unresolved.add(new Unresolved(
                parameter,
                value.line(),
                shown.length() > MAX_SHOWN ? shown.substring(0, MAX_SHOWN) + "..." : shown,
                reason));
    }

    private String evaluate(TemplateValue value, Set<String> used) throws UnknownException {
        if (value instanceof Text text) {
            if (text.rewritten()) {
                throw new UnknownException("CloudFormation changes such a number or boolean; write it in quotes");
            }
            return literal(text.text());
        }
        if (!(value instanceof Call call)) {
            throw new UnknownException("not a text");
        }
        return switch (call.function()) {
            case "Ref" -> reference(textOf(call), used);
            case "Fn::Sub" -> substitute(call, used);
            case "Fn::Join" -> join(call, used);
            case "Fn::FindInMap" -> findInMap(call, used);
            case "Fn::GetAtt" -> throw new UnknownException("an attribute of a resource, " + ON_DEPLOYMENT);
            case "Fn::ImportValue" -> throw new UnknownException("a value of another stack");
            case "Fn::If" -> throw new UnknownException("depends on a condition");
            default -> throw new UnknownException(call.function() + " is not evaluated");
        };
    }

    private static String literal(String text) throws UnknownException {
        if (text.contains("{{resolve:")) {
            throw new UnknownException("a dynamic reference, " + ON_DEPLOYMENT);
        }
        return text;
    }

    private String reference(String name, Set<String> used) throws UnknownException {
        if (name.equals("AWS::Partition")) {
            return Partition.of(reference("AWS::Region", used));
        }
        if (name.equals("AWS::Region")) {
            if (region == null) {
                throw new UnknownException("the region is not configured; specify region (lshell.region)");
            }
            return region;
        }
        if (name.startsWith("AWS::")) {
            throw new UnknownException(ON_DEPLOYMENT);
        }
        if (template.map("Resources").get(name) != null) {
            throw new UnknownException("a resource, " + ON_DEPLOYMENT);
        }
        if (!(template.map("Parameters").get(name) instanceof Members parameter)) {
            throw new UnknownException("not found in the template");
        }
        String type = parameter.get("Type") instanceof Text text ? text.text() : "";
        if (type.startsWith("AWS::SSM::") || type.startsWith("List<") || type.equals("CommaDelimitedList")) {
            throw new UnknownException("a parameter of type " + type);
        }
        if (!(parameter.get("Default") instanceof Text value)) {
            throw new UnknownException("a parameter without a default");
        }
        used.add(name);
        return evaluate(value, used);
    }

    private String substitute(Call call, Set<String> used) throws UnknownException {
        Members variables = Members.NONE;
        TemplateValue pattern = call.argument();
        if (pattern instanceof Items list) {
            variables = list.items().size() == 2 && list.items().get(1) instanceof Members map ? map : Members.NONE;
            pattern = list.items().isEmpty() ? null : list.items().get(0);
        }
        if (!(pattern instanceof Text text)) {
            throw new UnknownException("Fn::Sub must have a text");
        }
        Matcher variable = VARIABLE.matcher(literal(text.text()));
        StringBuilder result = new StringBuilder();
        while (variable.find()) {
            String name = variable.group(1).strip();
            String value;
            if (name.startsWith("!")) {
                value = "${" + name.substring(1) + "}";
            } else if (variables.get(name) != null) {
                value = evaluate(variables.get(name), used);
            } else if (name.contains(".")) {
                throw new UnknownException(name + " is an attribute of a resource, " + ON_DEPLOYMENT);
            } else {
                value = referenceIn(name, used);
            }
            variable.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return variable.appendTail(result).toString();
    }

    private String referenceIn(String name, Set<String> used) throws UnknownException {
        try {
            return reference(name, used);
        } catch (UnknownException e) {
            throw new UnknownException(name + ": " + e.getMessage());
        }
    }

    private String join(Call call, Set<String> used) throws UnknownException {
        if (!(call.argument() instanceof Items list
                && list.items().size() == 2
                && list.items().get(1) instanceof Items values)) {
            throw new UnknownException("Fn::Join must have a delimiter and a list");
        }
        List<String> texts = new ArrayList<>();
        for (TemplateValue value : values.items()) {
            texts.add(evaluate(value, used));
        }
        return String.join(evaluate(list.items().get(0), used), texts);
    }

    private String findInMap(Call call, Set<String> used) throws UnknownException {
        if (!(call.argument() instanceof Items list && list.items().size() == 3)) {
            throw new UnknownException("Fn::FindInMap must have a map and two keys");
        }
        Members found = template.map("Mappings");
        for (TemplateValue key : list.items().subList(0, 2)) {
            found = found.map(evaluate(key, used));
        }
        if (!(found.get(evaluate(list.items().get(2), used)) instanceof Text value)) {
            throw new UnknownException("not found in the template");
        }
        return evaluate(value, used);
    }

    private static String textOf(Call call) throws UnknownException {
        if (call.argument() instanceof Text text) {
            return text.text();
        }
        throw new UnknownException(call.function() + " must have a name");
    }
}
