package io.github.lambdashell.check;

import io.github.lambdashell.check.Samples.Fact;
import io.github.lambdashell.check.Samples.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The samples of a check in words, which all reports share.
 *
 * @param title their number, and how many of their facts differ; not null
 * @param differences the facts that differ, not null
 * @param alike the facts that are the same in all of them, in one line; empty for none
 * @param failed a line for each sample with a violation, or one for all of them; not null
 */
public record SampleSummary(String title, List<Difference> differences, String alike, List<String> failed) {
    private static final int MAX_FAILED = 20;

    /**
     * A fact that differs.
     *
     * @param fact the fact's name, not null
     * @param values its values with the number of samples that have each, the most frequent one first; not null
     */
    public record Difference(String fact, List<Map.Entry<String, Long>> values) {
        /** Returns the difference in one line: {@code cpus: 2 in 18, 4 in 2}. */
        public String text() {
            return fact + ": "
                    + values.stream()
                            .map(value -> Text.line(value.getKey()) + " in " + value.getValue())
                            .collect(Collectors.joining(", "));
        }
    }

    public SampleSummary {
        differences = List.copyOf(differences);
        failed = List.copyOf(failed);
    }

    /** Returns the summary of samples. */
    public static SampleSummary of(List<Sample> samples) {
        List<Difference> differences = new ArrayList<>();
        List<String> alike = new ArrayList<>();
        List<Fact> different = new ArrayList<>();
        for (Fact fact : Fact.values()) {
            Map<String, Long> values = Samples.values(fact, samples);
            if (values.size() > 1) {
                different.add(fact);
                differences.add(new Difference(fact.word(), byNumber(values)));
            }
            values.keySet().stream()
                    .filter(value -> values.size() == 1)
                    .forEach(value -> alike.add(fact.word() + " " + Text.line(value)));
        }
        String differ = different.isEmpty()
                ? "all alike"
                : Text.count(different.size(), "fact") + (different.size() == 1 ? " differs" : " differ");
        return new SampleSummary(
                Text.count(samples.size(), "environment") + " sampled, " + differ,
                differences,
                alike.isEmpty() ? "" : "the same in all: " + String.join(", ", alike),
                failed(samples, different));
    }

    private static List<Map.Entry<String, Long>> byNumber(Map<String, Long> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private static List<String> failed(List<Sample> samples, List<Fact> different) {
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            if (sample.failed()) {
                failed.add("sample " + (i + 1) + " failed: "
                        + Stream.concat(
                                        different.stream()
                                                .filter(sample.facts()::containsKey)
                                                .map(fact -> fact.word() + " "
                                                        + Text.line(
                                                                sample.facts().get(fact))),
                                        Stream.of("sandbox " + sample.sandbox()))
                                .collect(Collectors.joining(", ")));
            }
        }
        if (failed.size() == samples.size()) {
            return List.of("all samples failed");
        }
        int more = failed.size() - MAX_FAILED;
        return more <= 0
                ? failed
                : Stream.concat(
                                failed.stream().limit(MAX_FAILED),
                                Stream.of(Text.count(more, "more sample") + " failed"))
                        .toList();
    }

    /** Returns the summary as lines. */
    public List<String> lines() {
        return Stream.of(
                        Stream.of(title),
                        differences.stream().map(Difference::text),
                        Stream.of(alike).filter(line -> !line.isEmpty()),
                        failed.stream())
                .flatMap(lines -> lines)
                .toList();
    }
}
