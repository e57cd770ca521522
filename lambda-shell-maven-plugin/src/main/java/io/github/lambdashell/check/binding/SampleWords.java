package io.github.lambdashell.check.binding;

import static io.github.lambdashell.check.binding.Value.count;
import static io.github.lambdashell.check.binding.Word.one;

import io.github.lambdashell.check.Samples;
import io.github.lambdashell.check.Samples.Fact;
import io.github.lambdashell.check.Samples.Sample;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.binding.Block.Limits;
import io.github.lambdashell.check.binding.Word.Term;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.config.tree.ConfigNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The vocabulary of checks that run in several execution environments at once. */
final class SampleWords {
    private static final int MAX_SAMPLES = 100;

    static final Word<Integer> SAMPLES = one(
            "samples",
            count(2, MAX_SAMPLES),
            "Runs the check in this number of execution environments at the same time, and shows how they differ.");

    private static final List<Term<Comparison, Expected>> FACTS = Arrays.stream(Fact.values())
            .map(fact -> Term.<Comparison, Expected>each(
                    one(
                            fact.plural(),
                            Comparisons.quantitiesOr(count(1, MAX_SAMPLES).map(BigDecimal::valueOf), Unit.NUMBER),
                            "The number of different " + fact.doc() + "."),
                    comparison -> new Expected(fact, comparison)))
            .toList();

    static final Word<List<Expected>> SPREAD = one(
            "spread",
            Value.block(
                    new Block(
                            "spread",
                            "Expectations of the samples together: numbers of different values.",
                            Term.words(FACTS),
                            Limits.NOT_EMPTY),
                    reader -> Optional.of(
                            FACTS.stream().flatMap(term -> term.read(reader)).toList())),
            "Expectations of the samples together; requires samples.");

    private SampleWords() {}

    /** The expected number of different values of a fact. */
    record Expected(Fact fact, Comparison comparison) {
        private boolean isPossible(int count) {
            return IntStream.rangeClosed(1, count).mapToObj(BigDecimal::valueOf).anyMatch(number -> comparison
                    .ofQuantity("", number, Unit.NUMBER)
                    .isEmpty());
        }
    }

    /** Reads the samples of a check. */
    static Samples samples(BlockReader reader) {
        if (reader.has(SPREAD) && !reader.has(SAMPLES)) {
            reader.scope().problem(reader.node(), "spread requires samples");
        }
        if (reader.has(SAMPLES) && reader.has(CaptureWords.CAPTURE)) {
            reader.scope().problem(reader.node(), "samples and capture are mutually exclusive: the samples may differ");
        }
        List<Expected> spread = reader.one(SPREAD).orElse(List.of());
        Optional<Integer> count = reader.one(SAMPLES);
        count.ifPresent(number -> refuseImpossible(reader, spread, number));
        return count.map(number -> new Samples(
                        number,
                        spread.stream()
                                .<Samples.Spread>map(expected ->
                                        samples -> violations(expected.fact(), expected.comparison(), samples))
                                .toList()))
                .orElse(Samples.NONE);
    }

    private static void refuseImpossible(BlockReader reader, List<Expected> spread, int count) {
        for (Expected expected : spread) {
            if (!expected.isPossible(count)) {
                ConfigNode node = reader.nodes(SPREAD).get(0).children().stream()
                        .filter(child -> child.name().equals(expected.fact().plural()))
                        .findFirst()
                        .orElseThrow();
                reader.scope()
                        .in("spread")
                        .problem(
                                node,
                                expected.fact().plural() + " can't be "
                                        + expected.comparison().expected() + ": " + count
                                        + " samples have from 1 to " + count
                                        + " different values; correct it, or change samples");
            }
        }
    }

    private static List<Violation> violations(Fact fact, Comparison comparison, List<Sample> samples) {
        Map<String, Long> values = Samples.values(fact, samples);
        String subject = "spread: the number of " + fact.plural();
        if (values.isEmpty()) {
            return List.of(Violation.of(subject + " is unknown; no sample has the fact " + fact.word()));
        }
        String listed = values.entrySet().stream()
                .map(value -> value.getValue() + " of " + samples.size() + " have " + Text.quote(value.getKey()))
                .collect(Collectors.joining(", "));
        return comparison.ofQuantity(subject, BigDecimal.valueOf(values.size()), Unit.NUMBER).stream()
                .map(violation -> Violation.of(violation.text() + "; " + listed))
                .toList();
    }
}
