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
 * A POM's configuration as the neutral tree. A parameter of the type {@link PlexusConfiguration} is what lets it through
 * unjudged: Maven's own binding would turn an empty element and an undefined placeholder into nothing at all.
 */
final class PomTree {
    /** Attributes that Maven itself acts on before a plugin sees the tree. */
    private static final Set<String> MAVENS_OWN = Set.of("xml:space", "combine.children", "combine.self", "combine.id");

    private PomTree() {}

    /**
     * Parameters as the children of one node.
     *
     * @param place where they stand, {@code pom.xml, execution check}
     * @param parameters null where the POM has none
     * @return empty when the POM has none at all
     */
    static Optional<ConfigNode> document(String place, PlexusConfiguration... parameters) {
        List<ConfigNode> children = Arrays.stream(parameters)
                .filter(Objects::nonNull)
                .map(parameter -> of(parameter, place))
                .toList();
        return children.isEmpty() ? Optional.empty() : Optional.of(new ConfigNode("", null, children, place));
    }

    /**
     * Copies an element with all that is in it.
     *
     * @param place where it stands, {@code pom.xml, execution check}
     */
    static ConfigNode of(PlexusConfiguration element, String place) {
        List<ConfigNode> children = new ArrayList<>();
        for (String attribute : element.getAttributeNames()) {
            if (!MAVENS_OWN.contains(attribute)) {
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
