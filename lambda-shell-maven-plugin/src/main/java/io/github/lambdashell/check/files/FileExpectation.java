package io.github.lambdashell.check.files;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.expect.ByteSearch;
import io.github.lambdashell.session.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Expects attributes of a file in the sandbox after the command. The type is that of the path itself; other attributes are
 * those of a link's target.
 *
 * @param path absolute, or relative to the command's working directory; not null
 * @param exists whether the file is expected to exist; when not, the rest is empty
 * @param attributes the expected attributes, not null
 * @param contains texts that are expected in its content, not null
 */
public record FileExpectation(String path, boolean exists, List<FileAttribute> attributes, List<String> contains)
        implements Expectation {
    private static final int MAX_SHOWN_BYTES = 1000;

    public FileExpectation {
        attributes = List.copyOf(attributes);
        contains = List.copyOf(contains);
    }

    @Override
    public Optional<String> probe() {
        boolean hash =
                attributes.stream().anyMatch(attribute -> attribute.word().equals("sha256"));
        return Optional.of(FileProbe.script(path, hash, !contains.isEmpty()));
    }

    @Override
    public List<Violation> violations(Observation seen) throws IOException {
        StepResult probe = seen.probes().get(this);
        if (probe == null) {
            return violation("was not examined: the function's timeout ended the request");
        }
        Optional<FileProbe> facts = FileProbe.read(probe.stdout());
        if (facts.isEmpty()) {
            return violation("could not be examined: "
                    + Text.quote(probe.stderr().text(MAX_SHOWN_BYTES).strip()));
        }
        if (facts.get().absent()) {
            return exists ? violation("does not exist") : List.of();
        }
        if (!exists) {
            return violation("exists, but expected it not to");
        }
        List<Violation> violations = new ArrayList<>();
        attributes.forEach(attribute -> attribute(attribute, facts.get(), violations));
        if (!contains.isEmpty()) {
            content(facts.get(), probe, violations);
        }
        return violations;
    }

    private void attribute(FileAttribute attribute, FileProbe facts, List<Violation> violations) {
        Optional<String> actual = facts.fact(attribute.fact());
        String subject = attribute.word() + " of " + shown() + " is ";
        if (actual.isEmpty()) {
            violations.add(
                    Violation.of(subject + "unknown: the path is a broken link, not a regular file, or unreadable"));
        } else {
            attribute.comparison().conditions().stream()
                    .filter(condition -> !condition.holds().test(actual.get()))
                    .map(condition ->
                            subject + attribute.shown(actual.get()) + ", but expected " + condition.expected())
                    .map(Violation::of)
                    .forEach(violations::add);
        }
    }

    private void content(FileProbe facts, StepResult probe, List<Violation> violations) throws IOException {
        if (probe.exitCode() != 0) {
            violations.addAll(violation("can't be read: "
                    + Text.quote(probe.stderr().text(MAX_SHOWN_BYTES).strip())));
            return;
        }
        for (String text : contains) {
            try (InputStream in = probe.stdout().open()) {
                in.skipNBytes(facts.contentStart());
                if (new ByteSearch(text.getBytes(StandardCharsets.UTF_8))
                        .lineOfFirst(in)
                        .isEmpty()) {
                    violations.addAll(violation("does not contain " + Text.quote(text)));
                }
            }
        }
    }

    private List<Violation> violation(String what) {
        return List.of(Violation.of(shown() + " " + what));
    }

    private String shown() {
        return Text.line(path);
    }
}
