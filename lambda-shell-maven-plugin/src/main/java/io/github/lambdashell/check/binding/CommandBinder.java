package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.ready.ReadyMade;
import io.github.lambdashell.config.tree.ConfigNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What runs, and in what surroundings. */
final class CommandBinder {
    /** Lambda ends a function after 15 minutes. */
    static final Duration LONGEST = Duration.ofMinutes(15);
    /** A request to Lambda is 6 MB at most, with standard input in base64. */
    static final long MOST_TEXT = 4L * 1024 * 1024;

    private static final List<String> WHAT_RUNS = Stream.concat(
                    Stream.of("run", "script"), ReadyMadeBinder.WORDS.stream())
            .toList();

    private final ConfigNode node;
    private final BlockReader reader;
    private final Sources sources;
    private final Scope scope;
    private final Leaf leaf;
    private final Optional<ReadyMade> readyMade;

    CommandBinder(ConfigNode node, BlockReader reader, Optional<ReadyMade> readyMade, Sources sources, Scope scope) {
        this.node = node;
        this.reader = reader;
        this.sources = sources;
        this.scope = scope;
        this.leaf = new Leaf(scope);
        this.readyMade = readyMade;
    }

    Check.Command bind() {
        String text = text();
        String stdin = reader.one("stdin").flatMap(leaf::text).orElse("");
        if (text.length() + stdin.length() > MOST_TEXT) {
            scope.problem(
                    node,
                    "the command and its stdin are " + (text.length() + stdin.length())
                            + " characters, but a request to Lambda has room for " + MOST_TEXT);
        }
        Optional<String> directory = reader.one("workingDirectory")
                .flatMap(written -> leaf.parsed(written, path -> {
                    if (!path.startsWith("/")) {
                        throw new IllegalArgumentException("write an absolute path in the sandbox, like /tmp");
                    }
                    return path;
                }));
        return new Check.Command(
                text,
                readyMade.map(ReadyMade::title).orElse(text),
                stdin,
                directory,
                environment(),
                reader.one("timeout").flatMap(written -> leaf.duration(written, LONGEST)));
    }

    private String text() {
        List<String> words = WHAT_RUNS.stream().filter(reader::has).toList();
        if (words.size() > 1) {
            scope.problem(
                    node,
                    String.join(" and ", words) + (words.size() == 2 ? " both" : " all")
                            + " say what runs, keep one of them");
        }
        if (words.isEmpty()) {
            scope.problem(node, "run is missing, so there is no command");
        }
        Optional<String> run = reader.one("run").flatMap(leaf::shellText);
        Optional<String> script = reader.one("script")
                .flatMap(written -> leaf.parsed(written, name -> Sources.read(sources.resolve(name), MOST_TEXT)));
        if (script.isPresent() && script.get().isBlank()) {
            scope.problem(node, "the script is empty, so there is no command");
        }
        return run.or(() -> script).or(() -> readyMade.map(ReadyMade::script)).orElse("");
    }

    /** Variables may be empty; a null in a file removes one, which a POM can't say. */
    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        Scope inner = scope.in("environmentVariables");
        for (ConfigNode variable : reader.entries("environmentVariables")) {
            if (!variable.name().matches("[A-Za-z_]\\w*")) {
                inner.problem(
                        variable,
                        Text.quote(variable.name())
                                + " is no name, take letters, digits and underscores, no digit first");
            } else if (environment.containsKey(variable.name())) {
                inner.problem(variable, variable.name() + " stands here twice");
            } else if (variable.isEmpty()) {
                boolean removed = variable.text() == null && !scope.pom();
                environment.put(variable.name(), removed ? null : "");
            } else {
                new Leaf(inner).text(variable).ifPresent(value -> environment.put(variable.name(), value));
            }
        }
        return environment;
    }
}
