package io.github.lambdashell.mojo;

import io.github.lambdashell.config.tree.ConfigNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * Converts a POM's configuration to the tree of nodes from which checks are read. Parameters of the type {@link
 * PlexusConfiguration} are not bound by Maven, which would turn empty elements and undefined placeholders into null.
 */
final class PomTree {
    /** Attributes for Maven itself. */
    private static final Set<String> MAVEN_ATTRIBUTES =
            Set.of("xml:space", "combine.children", "combine.self", "combine.id");

    private PomTree() {}

    /**
     * Returns parameters as the children of one node.
     *
     * @param place their place for messages, such as {@code pom.xml, execution check}
     * @param parameters null for those that the POM does not have
     * @return empty if the POM has none of them
     */
    static Optional<ConfigNode> document(String place, PlexusConfiguration... parameters) {
        List<ConfigNode> children = Arrays.stream(parameters)
                .filter(Objects::nonNull)
                .map(parameter -> of(parameter, place))
                .toList();
        return children.isEmpty() ? Optional.empty() : Optional.of(new ConfigNode("", null, children, place));
    }

    /**
     * Converts an element with its attributes and children.
     *
     * @param place its place for messages, such as {@code pom.xml, execution check}
     */
    static ConfigNode of(PlexusConfiguration element, String place) {
        List<ConfigNode> children = new ArrayList<>();
        for (String attribute : element.getAttributeNames()) {
            if (!MAVEN_ATTRIBUTES.contains(attribute)) {
                String name = ConfigNode.ATTRIBUTE + attribute;
                children.add(new ConfigNode(name, element.getAttribute(attribute), List.of(), place));
            }
        }
        for (PlexusConfiguration child : element.getChildren()) {
            children.add(of(child, place));
        }
        return new ConfigNode(element.getName(), element.getValue(), children, place);
    }
}
