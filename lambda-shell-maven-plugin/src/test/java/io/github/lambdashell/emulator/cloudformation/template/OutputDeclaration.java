package io.github.lambdashell.emulator.cloudformation.template;

import java.util.Map;
import java.util.Set;

/**
 * The declaration of an output in a template.
 *
 * @param name its key
 * @param condition condition of the output; null if it always exists
 * @param description null if there is none
 * @param value unevaluated value
 */
public record OutputDeclaration(String name, String condition, String description, Object value) {
    private static final Set<String> MEMBERS = Set.of("Value", "Description", "Condition");

    static OutputDeclaration of(String name, Object declaration) {
        Map<String, Object> members = Structure.map(declaration, "Every Outputs member must be an object");
        if (members.containsKey("Export")) {
            throw TemplateError.validation("Output " + name + " has an Export, but exports are not supported locally,"
                    + " where no stack can import them. Leave Export out, or let AWS make the stack");
        }
        for (String member : members.keySet()) {
            if (!MEMBERS.contains(member)) {
                throw TemplateError.validation("Invalid template output property '" + member + "'");
            }
        }
        if (!members.containsKey("Value")) {
            throw TemplateError.format("Every Outputs member must contain a Value object");
        }
        return new OutputDeclaration(
                name, (String) members.get("Condition"), (String) members.get("Description"), members.get("Value"));
    }
}
