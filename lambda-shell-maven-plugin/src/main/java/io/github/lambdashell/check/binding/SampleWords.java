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
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The vocabulary of checks that run in several execution environments at once. */
final class SampleWords {
    private static final int MAX_SAMPLES = 100;

    static final Word<Integer> SAMPLES = one(
            "samples",
            count(2, MAX_SAMPLES),
            "Runs the check in this number of execution environments at the same time, and shows how they differ.");

    private static final List<Term<Comparison, Samples.Spread>> FACTS = Arrays.stream(Fact.values())
            .map(fact -> Term.<Comparison, Samples.Spread>each(
                    one(
                            fact.plural(),
                            Comparisons.quantitiesOr(count(1, MAX_SAMPLES).map(BigDecimal::valueOf), Unit.NUMBER),
                            "The number of different " + fact.doc() + "."),
                    comparison -> samples -> violations(fact, comparison, samples)))
            .toList();

    static final Word<List<Samples.Spread>> SPREAD = one(
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

    /** Reads the samples of a check. */
    static Samples samples(BlockReader reader) {
        if (reader.has(SPREAD) && !reader.has(SAMPLES)) {
            reader.scope().problem(reader.node(), "spread requires samples");
        }
        if (reader.has(SAMPLES) && reader.has(CaptureWords.CAPTURE)) {
            reader.scope().problem(reader.node(), "samples and capture are mutually exclusive: the samples may differ");
        }
        List<Samples.Spread> spread = reader.one(SPREAD).orElse(List.of());
        return reader.one(SAMPLES).map(count -> new Samples(count, spread)).orElse(Samples.NONE);
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
