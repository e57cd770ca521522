package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.expect.Contains;
import io.github.lambdashell.check.expect.EqualsText;
import io.github.lambdashell.check.expect.Matches;
import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.config.tree.ConfigNode;
import java.util.ArrayList;
import java.util.List;

/** What is expected of one stream. */
final class StreamBinder {
    private final Stream stream;
    private final Scope scope;
    private final Leaf leaf;

    StreamBinder(Stream stream, Scope scope) {
        this.stream = stream;
        this.scope = scope.in(stream.toString());
        this.leaf = new Leaf(this.scope);
    }

    List<Expectation> bind(ConfigNode node) {
        List<Expectation> expectations = new ArrayList<>();
        if (node.children().isEmpty()) {
            leaf.text(node).ifPresent(text -> expectations.add(new EqualsText(stream, text)));
            return expectations;
        }
        BlockReader reader = new BlockReader(node, Block.STREAM, scope);
        for (boolean expected : new boolean[] {true, false}) {
            for (ConfigNode written : reader.many(expected ? "contains" : "notContains")) {
                leaf.text(written).ifPresent(text -> expectations.add(new Contains(stream, text, expected)));
            }
            for (ConfigNode written : reader.many(expected ? "matches" : "notMatches")) {
                leaf.regex(written).ifPresent(regex -> expectations.add(new Matches(stream, regex, expected)));
            }
        }
        reader.one("equals").flatMap(leaf::text).ifPresent(text -> expectations.add(new EqualsText(stream, text)));
        return expectations;
    }
}
