package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Conditions;
import io.github.lambdashell.check.expect.ExitCode;
import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.config.tree.ConfigNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One command of the configuration as a check. */
final class CheckBinder {
    private static final int HIGHEST_EXIT_CODE = 255;

    private final ConfigNode node;
    private final Scope scope;
    private final Leaf leaf;
    private final BlockReader reader;
    private final String name;

    /**
     * @param node the command as written
     * @param number its place among the commands of its source, from 1
     * @param root where the commands stand
     */
    CheckBinder(ConfigNode node, int number, Scope root) {
        this.node = node;
        String label = "command " + number;
        Optional<String> written = node.children().stream()
                .filter(child -> child.name().equals("name") && !child.isEmpty() && child.text() != null)
                .map(ConfigNode::text)
                .findFirst();
        this.scope = root.in(written.map(text -> label + " " + Text.quote(text)).orElse(label));
        this.leaf = new Leaf(scope);
        this.reader = new BlockReader(node, Block.COMMAND, scope);
        this.name = reader.one("name").flatMap(leaf::text).orElse(label);
    }

    /** The check, or as much of it as can be used; what can't has been noted. */
    Check bind() {
        String text = reader.one("run").flatMap(leaf::shellText).orElse("");
        return new Check(
                name,
                scope.where(node),
                new Check.Command(text, "", Optional.empty(), Map.of(), Optional.empty()),
                List.of(),
                List.of(),
                expectations(),
                Check.Retry.NEVER,
                false,
                Set.of());
    }

    private List<Expectation> expectations() {
        List<Expectation> expectations = new ArrayList<>();
        exitCode().ifPresent(expectations::add);
        for (Stream stream : Stream.values()) {
            reader.one(stream.toString())
                    .ifPresent(written -> expectations.addAll(new StreamBinder(stream, scope).bind(written)));
        }
        return expectations;
    }

    private Optional<Expectation> exitCode() {
        Optional<ConfigNode> written = reader.one("exitCode");
        if (written.isEmpty()) {
            return Optional.of(new ExitCode(new Comparison(List.of(Conditions.equalTo(BigDecimal.ZERO, Unit.NUMBER)))));
        }
        if ("any".equals(written.get().text())) {
            return Optional.empty();
        }
        return QuantityBinder.bind(written.get(), Unit.NUMBER, scope).map(ExitCode::new);
    }
}
