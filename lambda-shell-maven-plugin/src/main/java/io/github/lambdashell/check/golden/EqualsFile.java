package io.github.lambdashell.check.golden;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.expect.Lines;
import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.check.expect.TextDiff;
import io.github.lambdashell.config.AtomicFile;
import io.github.lambdashell.config.RelativePath;
import io.github.lambdashell.session.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Expects a stream to match a golden file, line by line in UTF-8. With {@code overwrite} a file that differs is written
 * instead.
 *
 * @param stream the stream, not null
 * @param file the golden file, not null
 * @param redactions replaced in the stream before it is compared, not null
 * @param overwrite whether a difference changes the file instead of being a violation
 */
public record EqualsFile(Stream stream, Path file, Redactions redactions, boolean overwrite) implements Expectation {
    /** The maximum size of a golden file. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EqualsFile.class);
    private static final String HINT = "to accept the output, write it to the file with -Dlshell.overwrite";

    @Override
    public List<Violation> violations(Observation seen) throws IOException {
        Output output = stream.of(seen.command());
        boolean exists = Files.exists(file);
        List<GoldenLine> golden = exists ? GoldenLine.all(Files.readString(file)) : List.of();
        if (exists && matches(golden, output)) {
            return List.of();
        }
        if (output.size() > MAX_BYTES) {
            return List.of(Violation.of(stream + " is " + output.size() + " bytes and differs from "
                    + RelativePath.of(file) + "; a golden file has at most " + MAX_BYTES + " bytes"));
        }
        List<String> actual = redacted(output);
        Alignment alignment = Alignment.of(golden, actual);
        if (overwrite) {
            String text = alignment.updated().isEmpty() ? "" : String.join("\n", alignment.updated()) + "\n";
            AtomicFile.write(file, text);
            LOG.info("{} {}", exists ? "Updated" : "Wrote", RelativePath.of(file));
            return List.of();
        }
        TextDiff diff = TextDiff.of(alignment.expected(), actual);
        return List.of(new Violation(
                stream + " differs from " + RelativePath.of(file) + diff.summary(), diff.unified(), HINT));
    }

    private boolean matches(List<GoldenLine> golden, Output output) throws IOException {
        GoldenMatch match = new GoldenMatch(golden);
        try (Lines lines = new Lines(output)) {
            for (CharSequence line = lines.next(); line != null; line = lines.next()) {
                if (!match.accept(redactions.apply(GoldenLine.withoutCarriageReturns(line)))) {
                    return false;
                }
            }
        }
        return match.complete();
    }

    private List<String> redacted(Output output) throws IOException {
        List<String> redacted = new ArrayList<>();
        try (Lines lines = new Lines(output)) {
            for (CharSequence line = lines.next(); line != null; line = lines.next()) {
                redacted.add(redactions
                        .apply(GoldenLine.withoutCarriageReturns(line))
                        .toString());
            }
        }
        return redacted;
    }
}
