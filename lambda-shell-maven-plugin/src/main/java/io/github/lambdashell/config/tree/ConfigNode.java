package io.github.lambdashell.config.tree;

import java.util.List;
import java.util.Objects;

/**
 * One element of a POM, or one key of a YAML or JSON file, as it was written. A list is so many nodes of one name side
 * by side, which is how a POM repeats an element.
 *
 * @param name the element's or key's name; an XML attribute is a child whose name begins with {@code @}; not null
 * @param text what it holds, null when it holds none or only children
 * @param children in the order in which they were written, not null
 * @param place where it stands, for messages: {@code pom.xml, execution check} or {@code commands.yaml:12:5}; not null
 */
public record ConfigNode(String name, String text, List<ConfigNode> children, String place) {
    /** Begins the name of a node that was an XML attribute. */
    public static final String ATTRIBUTE = "@";

    public ConfigNode {
        Objects.requireNonNull(name);
        children = List.copyOf(children);
        Objects.requireNonNull(place);
    }

    /** Whether it says nothing at all: an empty element, an empty text, list or map, a null. */
    public boolean isEmpty() {
        return children.isEmpty() && (text == null || text.isEmpty());
    }
}
