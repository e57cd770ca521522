package io.github.lambdashell.check.learn;

import io.github.lambdashell.check.expect.Stream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.NonPrintableStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;

/**
 * A check of a command that ran.
 *
 * @param name its name, not null
 * @param elements its elements in the vocabulary, in their order, not null
 * @param files the golden files by their path from the commandsFile, not null
 * @param changes what changes from run to run, for people, not null
 * @param changing finds what changes, not null
 * @param runs the runs that it was learned from, not null
 */
public record LearnedCheck(
        String name,
        Map<String, Object> elements,
        Map<String, String> files,
        Set<String> changes,
        ChangingText changing,
        List<RanCommand> runs) {
    private static final int MAX_NAME = 80;
    private static final int MAX_FILE_NAME = 60;
    private static final String BINARY = "!!binary";

    /** Characters other than newlines that end a line in YAML; a file's lines are indented at newlines only. */
    private static final String YAML_LINE_SEPARATORS = "\u0085\u2028\u2029";

    /** The directory of golden files beside the commandsFile. */
    private static final String GOLDEN_DIRECTORY = "expected/";

    public LearnedCheck {
        Objects.requireNonNull(name);
        elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
        files = Map.copyOf(files);
        changes = Collections.unmodifiableSet(new LinkedHashSet<>(changes));
        runs = List.copyOf(runs);
    }

    /**
     * Learns a check from a command.
     *
     * @param name the check's name
     * @param ran the command
     * @param again the same command in another sandbox, which tells what changes; empty if it did not run again
     * @param changing finds the text that changes
     * @param golden whether its output becomes a golden file
     */
    public static LearnedCheck of(
            String name, RanCommand ran, Optional<RanCommand> again, ChangingText changing, boolean golden) {
        Map<String, Object> elements = new LinkedHashMap<>();
        elements.put("name", name);
        elements.put("run", ran.command());
        ran.workingDirectory().ifPresent(directory -> elements.put("workingDirectory", directory));
        if (!ran.environment().isEmpty()) {
            elements.put("environmentVariables", ran.environment());
        }
        if (ran.exitCode() != 0) {
            elements.put("exitCode", ran.exitCode());
        }
        Map<String, String> files = new LinkedHashMap<>();
        Set<String> changes = new LinkedHashSet<>();
        ran.output().forEach((stream, bytes) -> {
            LearnedStream learned =
                    new LearnedStream(bytes, again.map(second -> second.output().get(stream)), changing);
            if (stream == Stream.STDERR && learned.isEmpty()) {
                return;
            }
            changes.addAll(learned.changes());
            Object expected = learned.expectations(ran.cut());
            if (golden && learned.fitsGoldenFile()) {
                String file = GOLDEN_DIRECTORY + fileName(name) + (stream == Stream.STDERR ? ".stderr" : "") + ".txt";
                files.put(file, learned.golden());
                expected = Map.of("equalsFile", file);
            }
            if (expected != null) {
                elements.put(stream.toString(), expected);
            }
        });
        return new LearnedCheck(
                name,
                elements,
                files,
                changes,
                changing,
                again.map(second -> List.of(ran, second)).orElse(List.of(ran)));
    }

    /**
     * Returns a name for the check of a command, the first line of it, with a number if the name is taken.
     *
     * @param taken names of other checks
     */
    public static String nameOf(String command, Set<String> taken) {
        String line = command.strip().lines().findFirst().orElse("").strip();
        int end = Math.min(line.length(), MAX_NAME);
        end -= end < line.length() && Character.isHighSurrogate(line.charAt(end - 1)) ? 1 : 0;
        String name = line.substring(0, end).strip();
        String unique = name;
        for (int number = 2; taken.contains(unique); number++) {
            unique = name + " " + number;
        }
        return unique;
    }

    private static String fileName(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String start = plain.substring(0, Math.min(plain.length(), MAX_FILE_NAME));
        return start.isEmpty() ? "output" : start;
    }

    /** Returns the check as an item of a list in YAML. */
    public String yaml() {
        String text = dump(ScalarStyle.PLAIN);
        boolean isPlain = !text.contains(BINARY) && text.chars().noneMatch(c -> YAML_LINE_SEPARATORS.indexOf(c) >= 0);
        return isPlain && isReadBack(text) ? text : dump(ScalarStyle.DOUBLE_QUOTED);
    }

    private boolean isReadBack(String text) {
        return new Yaml().load(text).equals(List.of(elements));
    }

    private String dump(ScalarStyle style) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setDefaultScalarStyle(style);
        options.setNonPrintableStyle(NonPrintableStyle.ESCAPE);
        options.setSplitLines(false);
        options.setIndent(2);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        // The emitter indents the outermost list like those inside.
        return new Yaml(options)
                .dump(List.of(elements))
                .lines()
                .map(line -> line.startsWith("  ") ? line.substring(2) : line)
                .reduce("", (all, line) -> all + line + "\n");
    }
}
