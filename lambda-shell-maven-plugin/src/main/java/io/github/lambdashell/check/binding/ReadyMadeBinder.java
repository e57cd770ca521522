package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.ready.Address;
import io.github.lambdashell.check.ready.Identity;
import io.github.lambdashell.check.ready.ReadyMade;
import io.github.lambdashell.config.tree.ConfigNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The ready-made check of a command, where it has one. */
final class ReadyMadeBinder {
    /** The words that stand in the place of {@code run}. */
    static final List<String> WORDS = List.of("nativeLibraries", "classLoads", "writable", "reachable", "identity");
    /** Words for what a command of the user's reads and writes. */
    private static final List<String> OF_RUN = List.of("exitCode", "stdout", "stderr", "output", "stdin");

    private final BlockReader reader;
    private final Scope scope;
    private final Leaf leaf;

    ReadyMadeBinder(BlockReader reader, Scope scope) {
        this.reader = reader;
        this.scope = scope;
        this.leaf = new Leaf(scope);
    }

    /** Whether one is written; it may have been noted as unusable. */
    static boolean isWritten(BlockReader reader) {
        return WORDS.stream().anyMatch(reader::has);
    }

    Optional<ReadyMade> bind() {
        Optional<String> word = WORDS.stream().filter(reader::has).findFirst();
        word.ifPresent(written -> OF_RUN.stream()
                .filter(reader::has)
                .forEach(other -> scope.problem(
                        reader.node(), other + " is for a command of your own, " + written + " judges for itself")));
        return word.flatMap(written -> switch (written) {
            case "nativeLibraries" -> nativeLibraries();
            case "classLoads" -> some(written, ReadyMadeBinder::className).map(ReadyMade::classLoads);
            case "writable" -> some(written, ReadyMadeBinder::path).map(ReadyMade::writable);
            case "reachable" -> reachable();
            default ->
                reader.one(written)
                        .flatMap(node -> leaf.parsed(node, Identity::parse))
                        .map(ReadyMade::identity);
        });
    }

    private Optional<ReadyMade> nativeLibraries() {
        Scope inner = scope.in("nativeLibraries");
        List<String> ignored = reader.one("nativeLibraries").stream()
                .map(node -> new BlockReader(node, Block.NATIVE_LIBRARIES, inner))
                .flatMap(block -> block.many("ignore").stream())
                .flatMap(node -> new Leaf(inner).parsed(node, ReadyMadeBinder::libraryName).stream())
                .toList();
        return Optional.of(ReadyMade.nativeLibraries(ignored));
    }

    private Optional<ReadyMade> reachable() {
        List<Address> addresses = reader.many("reachable").stream()
                .flatMap(node -> address(node).stream())
                .toList();
        return addresses.isEmpty() ? Optional.empty() : Optional.of(ReadyMade.reachable(addresses));
    }

    private Optional<Address> address(ConfigNode node) {
        if (node.children().isEmpty()) {
            return leaf.parsed(node, Address::parse);
        }
        Scope inner = scope.in("reachable");
        BlockReader block = new BlockReader(node, Block.REACHABLE, inner);
        if (!block.has("address")) {
            inner.problem(node, "address is missing");
        }
        Duration within = block.one("within")
                .flatMap(written -> new Leaf(inner).duration(written, CommandBinder.LONGEST))
                .orElse(Address.USUAL);
        return block.one("address")
                .flatMap(written -> new Leaf(inner).parsed(written, Address::parse))
                .map(address -> address.within(within));
    }

    private <T> Optional<List<T>> some(String word, Function<String, T> parser) {
        List<T> values = reader.many(word).stream()
                .flatMap(node -> leaf.parsed(node, parser).stream())
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    private static String className(String text) {
        if (!text.matches("[\\p{L}_$][\\w\\p{L}$.]*(::[\\p{L}_$][\\w\\p{L}$]*)?")) {
            throw new IllegalArgumentException(
                    "write a class's full name, or a handler as Lambda takes it, like com.example.Handler::handleRequest");
        }
        return text;
    }

    private static String path(String text) {
        if (!text.startsWith("/") || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("write an absolute path in the sandbox, like /tmp");
        }
        return text;
    }

    private static String libraryName(String text) {
        if (!text.matches("[\\w.+*?-]+")) {
            throw new IllegalArgumentException("write a library's name, like libcuda.so.1 or libcu*");
        }
        return text;
    }
}
