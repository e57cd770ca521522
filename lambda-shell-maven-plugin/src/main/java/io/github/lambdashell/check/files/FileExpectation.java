package io.github.lambdashell.check.files;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Glob;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.expect.ByteSearch;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Expects attributes of files in the sandbox after the command. The type is that of the path itself; other attributes are
 * those of a link's target.
 *
 * @param path absolute, or relative to the command's working directory, also with wildcards; not null
 * @param matches the files that are expected to match the path, not null
 * @param attributes the expected attributes of each file, not null
 * @param contains texts that are expected in the content of each file, not null
 */
public record FileExpectation(String path, FileMatches matches, List<FileAttribute> attributes, List<String> contains)
        implements Expectation {
    private static final int MAX_SHOWN_BYTES = 1000;
    private static final int MAX_VIOLATIONS = 20;
    private static final int CHUNK = 64 * 1024;

    public FileExpectation {
        attributes = List.copyOf(attributes);
        contains = List.copyOf(contains);
    }

    /**
     * The files that are expected to match a path.
     *
     * @param exist whether any file is expected; when not, the rest is empty
     * @param count their number, not null
     * @param totalSize the size of all regular files among them, in bytes; not null
     */
    public record FileMatches(boolean exist, Optional<Comparison> count, Optional<Comparison> totalSize) {}

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
            return List.of(
                    Violation.of(Text.line(path) + " was not examined: the function's timeout ended the request"));
        }
        Judge judge = new Judge();
        boolean complete;
        try (InputStream output = probe.stdout().open()) {
            complete = FileProbe.read(output, judge);
        }
        if (!complete) {
            String stderr = probe.stderr().text(MAX_SHOWN_BYTES).strip();
            return List.of(Violation.of(Text.line(path) + " could not be examined: " + Text.quote(stderr)));
        }
        return judge.verdict();
    }

    /** Collects the violations of all files. */
    private final class Judge implements FileProbe.Visitor {
        private final List<Violation> violations = new ArrayList<>();
        private final Map<String, List<String>> missingTexts = new HashMap<>();
        private long count;
        private long omitted;
        private BigDecimal totalSize = BigDecimal.ZERO;

        @Override
        public void content(String file, InputStream content) throws IOException {
            try (Output copy = new Output()) {
                byte[] chunk = new byte[CHUNK];
                for (int length = content.read(chunk); length >= 0; length = content.read(chunk)) {
                    copy.write(chunk, 0, length);
                }
                for (String text : contains) {
                    ByteSearch search = new ByteSearch(text.getBytes(StandardCharsets.UTF_8));
                    try (InputStream in = copy.open()) {
                        if (search.lineOfFirst(in).isPresent()) {
                            continue;
                        }
                    }
                    missingTexts.computeIfAbsent(file, any -> new ArrayList<>()).add(text);
                }
            }
        }

        @Override
        public void file(String file, Map<String, String> facts) {
            // ** matches the directory itself too.
            if (Glob.isPattern(path) && file.endsWith("/") && !path.endsWith("/")) {
                return;
            }
            count++;
            boolean isFile = FileType.FILE.toString().equals(facts.get("type"));
            if (isFile && facts.containsKey("size")) {
                totalSize = totalSize.add(new BigDecimal(facts.get("size")));
            }
            String shown = Text.line(file);
            if (!matches.exist()) {
                add(shown + " exists, but expected "
                        + (Glob.isPattern(path) ? "no file that matches " + Text.line(path) : "it not to"));
            }
            attributes.forEach(attribute -> attribute(attribute, shown, facts));
            if (facts.containsKey("unreadable")) {
                add(shown + " can't be read by the function's user");
            } else {
                boolean isRead = facts.containsKey("read");
                missingTexts
                        .getOrDefault(file, isRead ? List.of() : contains)
                        .forEach(text -> add(shown + " does not contain " + Text.quote(text)));
            }
            missingTexts.remove(file);
        }

        private void attribute(FileAttribute attribute, String shown, Map<String, String> facts) {
            String actual = facts.get(attribute.fact());
            String subject = attribute.word() + " of " + shown + " is ";
            if (actual == null) {
                add(subject + "unknown: the path is a broken link, not a regular file, or unreadable");
                return;
            }
            attribute.comparison().conditions().stream()
                    .filter(condition -> !condition.holds().test(actual))
                    .forEach(condition ->
                            add(subject + attribute.shown(actual) + ", but expected " + condition.expected()));
        }

        private void add(String text) {
            if (violations.size() < MAX_VIOLATIONS) {
                violations.add(Violation.of(text));
            } else {
                omitted++;
            }
        }

        private List<Violation> verdict() {
            String shown = Text.line(path);
            if (omitted > 0) {
                violations.add(Violation.of(Text.count(omitted, "more violation") + " by files that match " + shown));
            }
            if (matches.count().isPresent() || matches.totalSize().isPresent()) {
                matches.count()
                        .ifPresent(expected -> violations.addAll(expected.ofQuantity(
                                "the number of files that match " + shown, BigDecimal.valueOf(count), Unit.NUMBER)));
                matches.totalSize()
                        .ifPresent(expected -> violations.addAll(expected.ofQuantity(
                                "the total size of the files that match " + shown, totalSize, Unit.BYTES)));
            } else if (matches.exist() && count == 0) {
                violations.add(
                        Violation.of(Glob.isPattern(path) ? "no file matches " + shown : shown + " does not exist"));
            }
            return violations;
        }
    }
}
