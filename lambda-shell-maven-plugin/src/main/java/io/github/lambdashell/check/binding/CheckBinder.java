package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.expect.ColdStart;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Conditions;
import io.github.lambdashell.check.expect.ExitCode;
import io.github.lambdashell.check.expect.MaxDuration;
import io.github.lambdashell.check.expect.Metric;
import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.check.ready.ReadyMade;
import io.github.lambdashell.config.tree.ConfigNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One command of the configuration as a check. */
final class CheckBinder {
    private static final int HIGHEST_EXIT_CODE = 255;
    private static final int MOST_RETRIES = 100;
    private static final int LONGEST_NAME = 200;
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);
    private static final Duration USUAL_DELAY = Duration.ofSeconds(1);

    private final ConfigNode node;
    private final Sources sources;
    private final Scope scope;
    private final Leaf leaf;
    private final BlockReader reader;

    /**
     * @param node the command as written
     * @param number its place among the commands of its source, from 1
     * @param sources what it refers to
     * @param root where the commands stand
     */
    CheckBinder(ConfigNode node, int number, Sources sources, Scope root) {
        this.node = node;
        this.sources = sources;
        String label = "command " + number;
        this.scope = root.in(node.children().stream()
                .filter(child -> child.name().equals("name") && !child.isEmpty() && child.text() != null)
                .findFirst()
                .map(name -> label + " " + Text.quote(name.text()))
                .orElse(label));
        this.leaf = new Leaf(scope);
        this.reader = new BlockReader(node, Block.COMMAND, scope);
    }

    /** The check, or as much of it as can be used; what can't has been noted. */
    Check bind() {
        Optional<ReadyMade> readyMade = new ReadyMadeBinder(reader, scope).bind();
        Check.Command command = new CommandBinder(node, reader, readyMade, sources, scope).bind();
        List<Expectation> expectations = new ArrayList<>();
        if (ReadyMadeBinder.isWritten(reader)) {
            readyMade.map(ReadyMade::verdict).ifPresent(expectations::add);
        } else {
            ofStreams(expectations);
        }
        around(command, expectations);
        if (expectations.isEmpty()
                && "any".equals(reader.one("exitCode").map(ConfigNode::text).orElse(""))) {
            scope.problem(node, "exitCode is any and nothing else is expected, so this would check nothing");
        }
        return new Check(
                name(command.shown()),
                scope.where(node),
                command,
                texts("setup"),
                texts("teardown"),
                expectations,
                retry(),
                reader.one("skip").flatMap(leaf::flag).orElse(false),
                tags());
    }

    /** As written, else the command's first line. */
    private String name(String command) {
        return reader.one("name")
                .flatMap(written -> leaf.parsed(written, name -> {
                    if (name.length() > LONGEST_NAME || name.lines().count() > 1) {
                        throw new IllegalArgumentException("take one line of " + LONGEST_NAME + " characters at most");
                    }
                    return name;
                }))
                .orElseGet(() -> {
                    String line = command.strip().lines().findFirst().orElse("");
                    return line.substring(0, Math.min(line.length(), LONGEST_NAME));
                });
    }

    private List<String> texts(String word) {
        return reader.many(word).stream()
                .flatMap(written -> leaf.shellText(written).stream())
                .toList();
    }

    private Set<String> tags() {
        Set<String> tags = new LinkedHashSet<>();
        for (ConfigNode written : reader.many("tags")) {
            leaf.parsed(written, tag -> {
                        if (!tag.matches("[\\w.-]+")) {
                            throw new IllegalArgumentException("a tag has letters, digits, points, - and _, no more");
                        }
                        return tag;
                    })
                    .ifPresent(tags::add);
        }
        return tags;
    }

    private Check.Retry retry() {
        int retries = reader.one("retries")
                .flatMap(written -> leaf.count(written, 0, MOST_RETRIES))
                .orElse(0);
        Optional<Duration> delay = reader.one("retryDelay").flatMap(written -> leaf.duration(written, LONGEST_DELAY));
        if (delay.isPresent() && !reader.has("retries")) {
            scope.problem(node, "retryDelay is set, but retries is not");
        }
        return retries == 0 ? Check.Retry.NEVER : new Check.Retry(retries, delay.orElse(USUAL_DELAY));
    }

    /** What a command of the user's own says of itself. */
    private void ofStreams(List<Expectation> expectations) {
        exitCode().ifPresent(expectations::add);
        for (Stream stream : Stream.values()) {
            reader.one(stream.toString())
                    .ifPresent(written -> expectations.addAll(new StreamBinder(stream, sources, scope).bind(written)));
        }
    }

    /** What is expected around any command. */
    private void around(Check.Command command, List<Expectation> expectations) {
        reader.many("files")
                .forEach(written -> new FileBinder(written, scope).bind().ifPresent(expectations::add));
        reader.one("metrics").ifPresent(written -> metrics(written, expectations));
        maxDuration(command).ifPresent(expectations::add);
    }

    private Optional<Expectation> exitCode() {
        Optional<ConfigNode> written = reader.one("exitCode");
        if (written.isEmpty()) {
            return reader.has("exitCode")
                    ? Optional.empty()
                    : Optional.of(
                            new ExitCode(new Comparison(List.of(Conditions.equalTo(BigDecimal.ZERO, Unit.NUMBER)))));
        }
        if ("any".equals(written.get().text())) {
            return Optional.empty();
        }
        if (written.get().children().isEmpty()) {
            return leaf.count(written.get(), 0, HIGHEST_EXIT_CODE)
                    .map(code -> new ExitCode(
                            new Comparison(List.of(Conditions.equalTo(BigDecimal.valueOf(code), Unit.NUMBER)))));
        }
        return QuantityBinder.bind(written.get(), Unit.NUMBER, scope).map(ExitCode::new);
    }

    private void metrics(ConfigNode written, List<Expectation> expectations) {
        Scope inner = scope.in("metrics");
        BlockReader metrics = new BlockReader(written, Block.METRICS, inner);
        Optional<Boolean> coldStart = metrics.one("coldStart").flatMap(new Leaf(inner)::flag);
        coldStart.ifPresent(expected -> expectations.add(new ColdStart(expected)));
        for (Metric.Kind kind : Metric.Kind.values()) {
            metrics.one(kind.word()).ifPresent(bounds -> {
                if (bounds.children().isEmpty()) {
                    inner.problem(bounds, kind.word() + " is never one exact value, write it with gt, ge, lt or le");
                } else {
                    QuantityBinder.bind(bounds, kind.unit(), inner)
                            .ifPresent(comparison -> expectations.add(new Metric(kind, comparison)));
                }
            });
        }
        if (coldStart.isPresent() && !coldStart.get() && metrics.has(Metric.Kind.INIT_DURATION.word())) {
            inner.problem(written, "coldStart is false, but only a cold start has an initDuration");
        }
    }

    private Optional<Expectation> maxDuration(Check.Command command) {
        Optional<Duration> most =
                reader.one("maxDuration").flatMap(written -> leaf.duration(written, CommandBinder.LONGEST));
        if (most.isPresent()
                && command.timeout().isPresent()
                && most.get().compareTo(command.timeout().get()) >= 0) {
            scope.problem(node, "maxDuration is not below timeout, so it could never be missed");
        }
        return most.map(MaxDuration::new);
    }
}
