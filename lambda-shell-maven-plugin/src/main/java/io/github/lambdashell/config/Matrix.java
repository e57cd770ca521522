package io.github.lambdashell.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Environments in which one list of checks runs: each combination of some runtimes, architectures and memory sizes. An empty
 * list leaves the setting as it is configured.
 *
 * @param runtimes identifiers of Lambda runtimes, not null
 * @param architectures {@code x86_64} or {@code arm64}, not null
 * @param memorySizes in MB, not null
 * @param allowMissing whether environments that the machine can't run do not fail the build
 */
public record Matrix(
        List<String> runtimes, List<String> architectures, List<Integer> memorySizes, boolean allowMissing) {
    /** The elements that have lists. */
    public static final List<String> LISTS = List.of("runtimes", "architectures", "memorySizes");

    /** The element for environments that the machine can't run. */
    public static final String ALLOW_MISSING = "allowMissing";

    private static final List<String> ARCHITECTURES = List.of("x86_64", "arm64");
    private static final int MIN_MEMORY = 128;
    private static final int MAX_MEMORY = 10240;

    public Matrix {
        runtimes = List.copyOf(runtimes);
        architectures = List.copyOf(architectures);
        memorySizes = List.copyOf(memorySizes);
    }

    /**
     * An environment.
     *
     * @param name the varied settings, such as {@code java21-arm64-1024MB}, not null
     * @param settings the varied settings alone, not null
     */
    public record Combination(String name, FunctionSettings settings) {}

    /**
     * Reads a matrix.
     *
     * @param values texts by element, only of those that are configured
     * @param isLocal whether only known runtimes can be run
     */
    public static Matrix of(Map<String, List<String>> values, boolean isLocal, Problems problems) {
        problems.require(
                LISTS.stream().anyMatch(values::containsKey),
                "matrix is empty; configure " + String.join(", ", LISTS.subList(0, 2)) + " or " + LISTS.get(2));
        List<String> runtimes = new ArrayList<>();
        List<String> architectures = new ArrayList<>();
        List<Integer> memorySizes = new ArrayList<>();
        Reader reader = new Reader(values, problems);
        reader.each("runtimes", "java17,java21", (text, where) -> {
            boolean known = isLocal ? LambdaRuntimes.isKnown(text) : RuntimeFamily.isKnown(text);
            problems.require(
                    known, where + " is not a Lambda runtime" + Suggestion.ending(text, LambdaRuntimes.all(), ""));
            reader.once(text, text, runtimes, where);
        });
        reader.each("architectures", "x86_64,arm64", (text, where) -> {
            problems.require(
                    ARCHITECTURES.contains(text),
                    where + " must be 'x86_64' or 'arm64'" + Suggestion.ending(text, ARCHITECTURES, ""));
            reader.once(text, text, architectures, where);
        });
        reader.each("memorySizes", "512,1GB", (text, where) -> {
            try {
                int size = SizeText.megabytes(text);
                problems.require(
                        size >= MIN_MEMORY && size <= MAX_MEMORY,
                        where + " must be " + MIN_MEMORY + " to " + MAX_MEMORY + " MB");
                reader.once(text, size, memorySizes, where);
            } catch (IllegalArgumentException e) {
                problems.add(Reader.place("memorySizes") + ": " + e.getMessage());
            }
        });
        return new Matrix(runtimes, architectures, memorySizes, reader.flag(ALLOW_MISSING));
    }

    /** A reader of the elements' texts. */
    private record Reader(Map<String, List<String>> values, Problems problems) {
        private static String place(String element) {
            return "matrix: " + element + " (lshell.matrix." + element + ")";
        }

        private void each(String element, String example, BiConsumer<String, String> action) {
            List<String> texts = values.get(element);
            if (texts == null) {
                return;
            }
            problems.require(!texts.isEmpty(), place(element) + " is empty; name at least one, such as " + example);
            for (String text : texts) {
                if (text.isEmpty()) {
                    problems.add(place(element) + " has an empty item; remove it, or define the property in it");
                } else {
                    action.accept(text, place(element) + ": '" + text + "'");
                }
            }
        }

        private <T> void once(String text, T value, List<T> all, String where) {
            problems.require(!all.contains(value), where + " may occur only once");
            all.add(value);
        }

        private boolean flag(String element) {
            List<String> texts = values.getOrDefault(element, List.of("false"));
            String text = String.join(",", texts);
            problems.require(
                    text.equals("true") || text.equals("false"),
                    place(element) + " must be 'true' or 'false', but is '" + text + "'");
            return text.equals("true");
        }
    }

    /** Returns the environments, in the order of the lists. */
    public List<Combination> combinations() {
        List<Combination> combinations = new ArrayList<>();
        for (Optional<String> runtime : optional(runtimes)) {
            for (Optional<String> architecture : optional(architectures)) {
                for (Optional<Integer> memory : optional(memorySizes)) {
                    combinations.add(combination(runtime, architecture, memory));
                }
            }
        }
        return combinations;
    }

    private static <T> List<Optional<T>> optional(List<T> values) {
        return values.isEmpty()
                ? List.of(Optional.empty())
                : values.stream().map(Optional::of).toList();
    }

    private static Combination combination(
            Optional<String> runtime, Optional<String> architecture, Optional<Integer> memory) {
        List<String> name = new ArrayList<>();
        runtime.ifPresent(name::add);
        architecture.ifPresent(name::add);
        memory.ifPresent(size -> name.add(size + "MB"));
        FunctionSettings settings = new FunctionSettings(
                runtime.orElse(null),
                architecture.orElse(null),
                memory.orElse(null),
                null,
                null,
                Map.of(),
                null,
                null,
                null,
                null);
        return new Combination(String.join("-", name), settings);
    }
}
