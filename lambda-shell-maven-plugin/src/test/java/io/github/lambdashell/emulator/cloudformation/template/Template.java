package io.github.lambdashell.emulator.cloudformation.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A template with a valid structure. Its declarations are in the order of the text.
 *
 * @param description null if there is none
 * @param parameters by name
 * @param mappings unevaluated; they can't contain functions
 * @param conditions by name, unevaluated
 * @param resources by logical id
 * @param outputs by name
 */
public record Template(
        String description,
        Map<String, ParameterDeclaration> parameters,
        Map<String, Object> mappings,
        Map<String, Object> conditions,
        Map<String, ResourceDeclaration> resources,
        Map<String, OutputDeclaration> outputs) {
    private static final Set<String> SECTIONS = Set.of(
            "AWSTemplateFormatVersion",
            "Description",
            "Metadata",
            "Parameters",
            "Mappings",
            "Conditions",
            "Resources",
            "Outputs");
    private static final Set<String> PSEUDO_PARAMETERS = Set.of(
            "AWS::AccountId",
            "AWS::NoValue",
            "AWS::NotificationARNs",
            "AWS::Partition",
            "AWS::Region",
            "AWS::StackId",
            "AWS::StackName",
            "AWS::URLSuffix");

    /** The known resource types. */
    public interface Types {
        /** Returns the attributes of a type; null if the type is unknown. */
        Set<String> attributes(String type);
    }

    /**
     * Parses a template and validates everything that does not depend on parameters.
     *
     * @throws io.github.lambdashell.target.local.endpoint.AwsException 400 if it is invalid
     */
    public static Template parse(String text, Types types) {
        Map<String, Object> sections = Structure.map(TemplateReader.read(text), "unsupported structure.");
        Set<String> unknown = new TreeSet<>(sections.keySet());
        unknown.removeAll(SECTIONS);
        if (!unknown.isEmpty()) {
            throw TemplateError.validation("Invalid template property or properties " + unknown);
        }
        Object version = sections.getOrDefault("AWSTemplateFormatVersion", "2010-09-09");
        if (!version.equals("2010-09-09")) {
            throw TemplateError.format("Template format version not supported: " + version);
        }
        Template template = new Template(
                (String) sections.get("Description"),
                members(sections, "Parameters", ParameterDeclaration::of),
                mappings(sections),
                Structure.map(sections.getOrDefault("Conditions", Map.of()), "Conditions must be an object"),
                members(sections, "Resources", ResourceDeclaration::of),
                members(sections, "Outputs", OutputDeclaration::of));
        if (template.resources().isEmpty()) {
            throw TemplateError.format("At least one Resources member must be defined.");
        }
        template.check(types);
        return template;
    }

    private static <T> Map<String, T> members(
            Map<String, Object> sections, String name, BiFunction<String, Object, T> declaration) {
        Map<String, T> members = new LinkedHashMap<>();
        Structure.map(sections.getOrDefault(name, Map.of()), "Any " + name + " member must be an object.")
                .forEach((key, value) -> members.put(key, declaration.apply(key, value)));
        return members;
    }

    private static Map<String, Object> mappings(Map<String, Object> sections) {
        Map<String, Object> mappings =
                Structure.map(sections.getOrDefault("Mappings", Map.of()), "Any Mappings member must be an object.");
        for (Object mapping : mappings.values()) {
            Structure.map(mapping, "Any Mappings member must be an object.")
                    .forEach((key, members) -> Structure.map(members, "Every Mappings member " + key + " must be a map")
                            .values()
                            .forEach(value -> {
                                if (value instanceof Map) {
                                    throw TemplateError.format("Every Mappings attribute must be a String or a List.");
                                }
                            }));
        }
        return mappings;
    }

    private void check(Types types) {
        Set<String> unknownTypes = resources.values().stream()
                .map(ResourceDeclaration::type)
                .filter(type -> types.attributes(type) == null)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknownTypes.isEmpty()) {
            throw TemplateError.format("Unrecognized resource types: " + unknownTypes);
        }
        for (ResourceDeclaration resource : resources.values()) {
            Checker checker = new Checker("Resources", types);
            References.visitAll(resource.properties(), checker);
            References.visitAll(resource.metadata(), checker);
            resource.dependsOn().forEach(checker::resource);
            checker.optionalCondition(resource.condition());
        }
        for (OutputDeclaration output : outputs.values()) {
            Checker checker = new Checker("Outputs", types);
            References.visitAll(output.value(), checker);
            checker.optionalCondition(output.condition());
        }
    }

    /** Returns whether a name is that of a parameter or a pseudo parameter. */
    boolean isParameter(String name) {
        return parameters.containsKey(name) || PSEUDO_PARAMETERS.contains(name);
    }

    /** Returns the resources of the given types, independent of their conditions. */
    public List<ResourceDeclaration> resourcesOf(Set<String> wanted) {
        return resources.values().stream()
                .filter(resource -> wanted.contains(resource.type()))
                .toList();
    }

    /** Requires that the target of each reference exists. */
    private final class Checker implements References.Visitor {
        private final String block;
        private final Types types;

        Checker(String block, Types types) {
            this.block = block;
            this.types = types;
        }

        @Override
        public void ref(String name) {
            if (!isParameter(name)) {
                resource(name);
            }
        }

        void resource(String name) {
            if (!resources.containsKey(name)) {
                throw TemplateError.format(
                        "Unresolved resource dependencies [" + name + "] in the " + block + " block of the template");
            }
        }

        @Override
        public void attribute(String logicalId, String attribute) {
            ResourceDeclaration resource = resources.get(logicalId);
            if (resource == null) {
                throw TemplateError.function("instance of Fn::GetAtt references undefined resource " + logicalId);
            }
            if (!types.attributes(resource.type()).contains(attribute)) {
                throw TemplateError.function(
                        "resource " + logicalId + " does not support attribute type " + attribute + " in Fn::GetAtt");
            }
        }

        void optionalCondition(String name) {
            if (name != null) {
                condition(name);
            }
        }

        @Override
        public void condition(String name) {
            if (!conditions.containsKey(name)) {
                throw TemplateError.format(
                        "Unresolved condition dependency " + name + " in the " + block + " block of the template");
            }
        }

        @Override
        public void function(String name) {
            if (!Evaluator.FUNCTIONS.contains(name)) {
                throw TemplateError.function("Encountered unsupported function: " + name + " Supported functions are: "
                        + Evaluator.FUNCTIONS.stream().sorted().toList());
            }
        }
    }
}
