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
 * What a path in the sandbox should be after the command. The type is that of the path itself; everything else is of
 * what it leads to where it is a link.
 *
 * @param path absolute, or from the command's working directory; not null
 * @param exists whether it should be there; when not, the rest is empty
 * @param attributes what it should be, not null
 * @param contains texts in its content, not null
 */
public record FileExpectation(String path, boolean exists, List<FileAttribute> attributes, List<String> contains)
        implements Expectation {
    /** What a message shows of a failed probe's words, in bytes. */
    private static final int SHOWN = 1000;

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
            return told("was not looked at, the function's own timeout came before");
        }
        Optional<FileFacts> facts = FileFacts.read(probe.stdout());
        if (facts.isEmpty()) {
            return told("could not be looked at: "
                    + Text.quote(probe.stderr().text(SHOWN).strip()));
        }
        if (facts.get().absent()) {
            return exists ? told("does not exist") : List.of();
        }
        if (!exists) {
            return told("exists, but expected it not to");
        }
        List<Violation> violations = new ArrayList<>();
        attributes.forEach(attribute -> attribute(attribute, facts.get(), violations));
        if (!contains.isEmpty()) {
            content(facts.get(), probe, violations);
        }
        return violations;
    }

    private void attribute(FileAttribute attribute, FileFacts facts, List<Violation> violations) {
        Optional<String> actual = facts.fact(attribute.fact());
        String subject = attribute.word() + " of " + shown() + " is ";
        if (actual.isEmpty()) {
            violations.add(Violation.of(
                    subject + "not known: the path is a link that leads nowhere, no ordinary file, or unreadable"));
        } else {
            attribute.comparison().conditions().stream()
                    .filter(condition -> !condition.holds().test(actual.get()))
                    .map(condition ->
                            subject + attribute.shown(actual.get()) + ", but expected " + condition.expected())
                    .map(Violation::of)
                    .forEach(violations::add);
        }
    }

    private void content(FileFacts facts, StepResult probe, List<Violation> violations) throws IOException {
        if (probe.exitCode() != 0) {
            violations.addAll(told(
                    "can't be read: " + Text.quote(probe.stderr().text(SHOWN).strip())));
            return;
        }
        for (String text : contains) {
            try (InputStream in = probe.stdout().open()) {
                in.skipNBytes(facts.contentStart());
                if (new ByteSearch(text.getBytes(StandardCharsets.UTF_8))
                        .lineOfFirst(in)
                        .isEmpty()) {
                    violations.addAll(told("does not contain " + Text.quote(text)));
                }
            }
        }
    }

    private List<Violation> told(String what) {
        return List.of(Violation.of(shown() + " " + what));
    }

    private String shown() {
        return Text.line(path);
    }
}
