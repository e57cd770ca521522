package io.github.lambdashell.config.tree;

import java.util.List;
import java.util.Objects;

/**
 * An element of a POM, or a key of a YAML or JSON file, as written. A list is a sequence of nodes of one name, like the
 * repeated elements of a POM.
 *
 * @param name the name of the element or key; an XML attribute is a child whose name begins with {@code @}; not null
 * @param text its text; null if it has none or only children
 * @param children in the order in which they were written, not null
 * @param place the place for messages: {@code pom.xml, execution check} or {@code commands.yaml:12:5}; not null
 */
public record ConfigNode(String name, String text, List<ConfigNode> children, String place) {
    /** Prefix of the name of a node that was an XML attribute. */
    public static final String ATTRIBUTE = "@";

    public ConfigNode {
        Objects.requireNonNull(name);
        children = List.copyOf(children);
        Objects.requireNonNull(place);
    }

    /** Returns true for an empty element, text, list or map, and for null. */
    public boolean isEmpty() {
        return children.isEmpty() && (text == null || text.isEmpty());
    }
}
