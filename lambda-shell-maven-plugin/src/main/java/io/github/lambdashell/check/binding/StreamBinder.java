package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.expect.Contains;
import io.github.lambdashell.check.expect.EqualsText;
import io.github.lambdashell.check.expect.IsEmpty;
import io.github.lambdashell.check.expect.JsonValue;
import io.github.lambdashell.check.expect.LineCount;
import io.github.lambdashell.check.expect.Matches;
import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.check.expect.ValueOf;
import io.github.lambdashell.check.golden.EqualsFile;
import io.github.lambdashell.config.tree.ConfigNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is expected of one stream. */
final class StreamBinder {
    private final Stream stream;
    private final Sources sources;
    private final Scope command;
    private final Scope scope;
    private final Leaf leaf;

    StreamBinder(Stream stream, Sources sources, Scope command) {
        this.stream = stream;
        this.sources = sources;
        this.command = command;
        this.scope = command.in(stream.toString());
        this.leaf = new Leaf(scope);
    }

    List<Expectation> bind(ConfigNode node) {
        if (node.children().isEmpty()) {
            List<Expectation> bare = new ArrayList<>();
            new Leaf(command).text(node).ifPresent(text -> bare.add(new EqualsText(stream, text)));
            return bare;
        }
        BlockReader reader = new BlockReader(node, Block.STREAM, scope);
        List<Expectation> found = new ArrayList<>();
        for (boolean expected : new boolean[] {true, false}) {
            for (ConfigNode written : reader.many(expected ? "contains" : "notContains")) {
                leaf.text(written).ifPresent(text -> found.add(new Contains(stream, text, expected)));
            }
            for (ConfigNode written : reader.many(expected ? "matches" : "notMatches")) {
                leaf.regex(written).ifPresent(regex -> found.add(new Matches(stream, regex, expected)));
            }
        }
        reader.one("lineCount")
                .flatMap(written -> QuantityBinder.bind(written, Unit.NUMBER, scope))
                .ifPresent(comparison -> found.add(new LineCount(stream, comparison)));
        reader.many("value").forEach(written -> value(written).ifPresent(found::add));
        reader.many("jsonPath").forEach(written -> jsonPath(written).ifPresent(found::add));
        whole(reader, found).ifPresent(found::add);
        new Contradictions(node, scope).find(found);
        golden(reader).ifPresent(found::add);
        return found;
    }

    /** The expectation that says what the whole stream is, if one does. */
    private Optional<Expectation> whole(BlockReader reader, List<Expectation> found) {
        List<String> written = List.of("equals", "equalsFile", "empty").stream()
                .filter(reader::has)
                .toList();
        if (written.size() > 1) {
            scope.problem(
                    reader.one(written.get(1)).orElse(reader.node()),
                    String.join(" and ", written) + " each say what all of " + stream + " is, keep one of them");
        }
        Optional<Expectation> equals =
                reader.one("equals").flatMap(leaf::text).map(text -> new EqualsText(stream, text));
        return equals.isPresent()
                ? equals
                : reader.one("empty").flatMap(leaf::flag).map(expected -> new IsEmpty(stream, expected));
    }

    private Optional<Expectation> golden(BlockReader reader) {
        return reader.one("equalsFile")
                .flatMap(written -> leaf.parsed(written, name -> {
                    Path file = sources.resolve(name);
                    if (!sources.overwrite() && !Files.exists(file)) {
                        throw new IllegalArgumentException(
                                "there is no file " + file + ", let -Dlshell.overwrite write it");
                    }
                    if (Files.exists(file)) {
                        Sources.read(file, EqualsFile.MOST);
                    }
                    return new EqualsFile(stream, file, sources.redactions(), sources.overwrite());
                }));
    }

    private Optional<Expectation> value(ConfigNode node) {
        Scope inner = scope.in("value");
        BlockReader reader = new BlockReader(node, Block.VALUE, inner);
        Optional<Pattern> pattern =
                required(reader, "pattern", inner).flatMap(written -> new Leaf(inner).regex(written));
        return ComparisonBinder.bind(node, reader, inner)
                .flatMap(comparison -> pattern.map(regex -> new ValueOf(stream, regex, comparison)));
    }

    private Optional<Expectation> jsonPath(ConfigNode node) {
        Scope inner = scope.in("jsonPath");
        BlockReader reader = new BlockReader(node, Block.JSON_PATH, inner);
        Optional<String> path =
                required(reader, "path", inner).flatMap(written -> new Leaf(inner).parsed(written, JsonValue::valid));
        return ComparisonBinder.bind(node, reader, inner)
                .flatMap(comparison -> path.map(valid -> new JsonValue(stream, valid, comparison)));
    }

    private static Optional<ConfigNode> required(BlockReader reader, String word, Scope scope) {
        if (!reader.has(word)) {
            scope.problem(reader.node(), word + " is missing");
        }
        return reader.one(word);
    }
}
