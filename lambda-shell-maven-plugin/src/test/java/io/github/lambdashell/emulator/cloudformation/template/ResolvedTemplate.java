package io.github.lambdashell.emulator.cloudformation.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A template with given parameters: the resources to create and their order. */
public final class ResolvedTemplate {
    private final Template template;
    private final ParameterValues parameters;
    private final Conditions conditions;
    private final Map<String, Set<String>> dependencies = new LinkedHashMap<>();
    private final List<ResourceDeclaration> order = new ArrayList<>();

    /**
     * Resolves a template.
     *
     * @throws io.github.lambdashell.target.local.endpoint.AwsException 400 if a condition can't be evaluated, a
     *     resource refers to one that is not created, or dependencies are circular
     */
    public ResolvedTemplate(Template template, ParameterValues parameters) {
        this.template = template;
        this.parameters = parameters;
        this.conditions = new Conditions(template.conditions(), template.mappings(), parametersOnly());
        for (ResourceDeclaration resource : template.resources().values()) {
            if (isMade(resource)) {
                dependencies.put(resource.logicalId(), new LinkedHashSet<>());
            }
        }
        for (Map.Entry<String, Set<String>> entry : dependencies.entrySet()) {
            ResourceDeclaration resource = template.resources().get(entry.getKey());
            collect(resource.properties(), "Resources", entry.getValue());
            collect(resource.metadata(), "Resources", entry.getValue());
            resource.dependsOn().stream().filter(dependencies::containsKey).forEach(entry.getValue()::add);
        }
        outputs().forEach(output -> collect(output.value(), "Outputs", new LinkedHashSet<>()));
        sort();
    }

    private Evaluator.Names parametersOnly() {
        return new Evaluator.Names() {
            @Override
            public Object ref(String name) {
                Object value = parameters.get(name);
                if (value == null) {
                    throw TemplateError.format("Unresolved dependencies [" + name
                            + "]. Cannot reference resources in the Conditions block " + "of the template");
                }
                return value;
            }

            @Override
            public Object attribute(String logicalId, String attribute) {
                return ref(logicalId + "." + attribute);
            }
        };
    }

    private boolean isMade(ResourceDeclaration resource) {
        return resource.condition() == null || conditions.test(resource.condition());
    }

    private void collect(Object value, String block, Set<String> into) {
        References.visitActive(value, conditions, new References.Visitor() {
            @Override
            public void ref(String name) {
                if (!template.isParameter(name)) {
                    attribute(name, "Ref");
                }
            }

            @Override
            public void attribute(String logicalId, String attribute) {
                if (!dependencies.containsKey(logicalId)) {
                    throw TemplateError.format("Unresolved resource dependencies [" + logicalId + "] in the " + block
                            + " block of the template");
                }
                into.add(logicalId);
            }

            @Override
            public void condition(String name) {}

            @Override
            public void function(String name) {}
        });
    }

    private void sort() {
        Set<String> done = new LinkedHashSet<>();
        Deque<String> path = new ArrayDeque<>();
        for (String logicalId : dependencies.keySet()) {
            visit(logicalId, path, done);
        }
        done.forEach(logicalId -> order.add(template.resources().get(logicalId)));
    }

    private void visit(String logicalId, Deque<String> path, Set<String> done) {
        if (done.contains(logicalId)) {
            return;
        }
        if (path.contains(logicalId)) {
            throw TemplateError.validation("Circular dependency between resources: "
                    + path.stream().sorted().toList());
        }
        path.push(logicalId);
        for (String dependency : dependencies.get(logicalId)) {
            visit(dependency, path, done);
        }
        path.pop();
        done.add(logicalId);
    }

    public Template template() {
        return template;
    }

    public ParameterValues parameters() {
        return parameters;
    }

    /** Returns the resources to create, each one after its dependencies. */
    public List<ResourceDeclaration> resources() {
        return order;
    }

    /** Returns the logical ids of a resource's dependencies. */
    public Set<String> dependencies(String logicalId) {
        return dependencies.get(logicalId);
    }

    /** Returns the outputs whose condition is true. */
    public Collection<OutputDeclaration> outputs() {
        return template.outputs().values().stream()
                .filter(output -> output.condition() == null || conditions.test(output.condition()))
                .toList();
    }

    /**
     * Returns an evaluator.
     *
     * @param resources values of references to resources
     */
    public Evaluator evaluator(Evaluator.Names resources) {
        Evaluator.Names names = new Evaluator.Names() {
            @Override
            public Object ref(String name) {
                Object parameter = parameters.get(name);
                return parameter == null ? resources.ref(name) : parameter;
            }

            @Override
            public Object attribute(String logicalId, String attribute) {
                return resources.attribute(logicalId, attribute);
            }
        };
        return new Evaluator(template.mappings(), names, conditions);
    }
}
