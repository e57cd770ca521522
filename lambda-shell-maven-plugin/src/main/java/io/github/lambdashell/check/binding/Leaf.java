package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.tree.ConfigNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads single values; notes what is wrong with one and then answers as if it had not been written. */
final class Leaf {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}?");

    private final Scope scope;

    Leaf(Scope scope) {
        this.scope = scope;
    }

    /** A text in which nothing is left that Maven should have replaced. */
    Optional<String> text(ConfigNode node) {
        Optional<String> text = shellText(node);
        if (text.isPresent() && scope.pom()) {
            Matcher placeholder = PLACEHOLDER.matcher(text.get());
            if (placeholder.find()) {
                scope.problem(
                        node,
                        node.name() + " holds " + placeholder.group()
                                + ", which no property defines; define it, or write the command into a commandsFile,"
                                + " where ${...} stays as it is");
                return Optional.empty();
            }
        }
        return text;
    }

    /** A text for the shell, to which {@code ${...}} may belong. */
    Optional<String> shellText(ConfigNode node) {
        if (!node.children().isEmpty()) {
            String child = node.children().get(0).name();
            scope.problem(node, node.name() + " holds " + child + ", but a text belongs there");
            return Optional.empty();
        }
        if (node.text().indexOf('\0') >= 0) {
            scope.problem(node, node.name() + " holds a NUL character, which no shell and no text can take");
            return Optional.empty();
        }
        return Optional.of(node.text());
    }

    /** {@code true} or {@code false}, nothing else. */
    Optional<Boolean> flag(ConfigNode node) {
        return parsed(node, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("write true or false");
        });
    }

    /** A whole number in a range. */
    Optional<Integer> count(ConfigNode node, int least, int most) {
        return parsed(node, text -> {
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                throw new IllegalArgumentException("write a whole number from " + least + " to " + most);
            }
            return Integer.parseInt(text);
        });
    }

    /** A duration of at least a millisecond. */
    Optional<Duration> duration(ConfigNode node, Duration most) {
        return parsed(node, text -> {
            Duration duration = DurationText.parse(text);
            if (duration.toMillis() == 0) {
                throw new IllegalArgumentException("write 1ms or more");
            }
            if (duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("the most here is " + DurationText.format(most));
            }
            return duration;
        });
    }

    /** A quantity, not negative. */
    Optional<BigDecimal> quantity(ConfigNode node, Unit unit) {
        return parsed(node, text -> {
            BigDecimal quantity = unit.parse(text);
            if (quantity.signum() < 0) {
                throw new IllegalArgumentException("it can't be negative");
            }
            return quantity;
        });
    }

    /** A number of either sign. */
    Optional<BigDecimal> number(ConfigNode node) {
        return parsed(node, Unit.NUMBER::parse);
    }

    /** A regular expression of Java's. */
    Optional<Pattern> regex(ConfigNode node) {
        return parsed(node, text -> {
            try {
                return Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                String at = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
                throw new IllegalArgumentException("it is no regular expression: " + e.getDescription() + at, e);
            }
        });
    }

    /** A value by a parser that says in its exception's message what would be right. */
    <T> Optional<T> parsed(ConfigNode node, Function<String, T> parser) {
        return text(node).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (IllegalArgumentException e) {
                scope.problem(node, node.name() + " is " + Text.quote(text) + ": " + e.getMessage());
                return Optional.empty();
            }
        });
    }
}
