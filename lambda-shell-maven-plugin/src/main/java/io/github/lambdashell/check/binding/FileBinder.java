package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.check.files.FileAttribute;
import io.github.lambdashell.check.files.FileExpectation;
import io.github.lambdashell.config.tree.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is expected of one file. */
final class FileBinder {
    private final ConfigNode node;
    private final Scope scope;
    private final Leaf leaf;
    private final BlockReader reader;

    FileBinder(ConfigNode node, Scope command) {
        this.node = node;
        this.scope = command.in("files");
        this.leaf = new Leaf(scope);
        this.reader = new BlockReader(node, Block.FILE, scope);
    }

    Optional<Expectation> bind() {
        if (!reader.has("path")) {
            scope.problem(node, "path is missing");
        }
        List<FileAttribute> attributes = new ArrayList<>();
        attribute("type", FileAttribute::type, attributes);
        attribute("mode", FileAttribute::mode, attributes);
        attribute("owner", FileAttribute::owner, attributes);
        attribute("group", FileAttribute::group, attributes);
        reader.one("size")
                .flatMap(written -> QuantityBinder.bind(written, Unit.BYTES, scope))
                .ifPresent(comparison -> attributes.addAll(FileAttribute.size(comparison)));
        attribute("sha256", FileAttribute::sha256, attributes);
        List<String> contains = reader.many("contains").stream()
                .flatMap(written -> leaf.text(written).stream())
                .toList();
        boolean exists = reader.one("exists").flatMap(leaf::flag).orElse(true);
        if (!exists && !(attributes.isEmpty() && contains.isEmpty())) {
            scope.problem(node, "exists is false, so nothing else can be expected of the file");
        }
        return reader.one("path")
                .flatMap(leaf::text)
                .map(path -> new FileExpectation(path, exists, attributes, contains));
    }

    private void attribute(String word, Function<String, FileAttribute> parser, List<FileAttribute> attributes) {
        reader.one(word).flatMap(written -> leaf.parsed(written, parser)).ifPresent(attributes::add);
    }
}
