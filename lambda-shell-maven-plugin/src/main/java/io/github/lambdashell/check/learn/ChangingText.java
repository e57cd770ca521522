package io.github.lambdashell.check.learn;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that probably changes from run to run: times, durations, process IDs, ports, addresses, request IDs, temporary
 * names and the function's name. A date is such a text only within a day of the time of the run, because others belong
 * to what is shown, such as the date of a release.
 */
public final class ChangingText {
    /** Finds none. */
    public static final ChangingText NONE = new ChangingText(List.of());

    /** The wildcard of golden files for text within a line. */
    static final String ANY = "[..]";

    private static final Duration RECENT = Duration.ofHours(36);
    private static final String CLOCK = "\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d+)?";
    private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private static final String MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private static final Pattern DATE = Pattern.compile("(\\d{4})[-/](\\d{2})[-/](\\d{2})");

    private final List<Kind> kinds;

    /**
     * A kind of text.
     *
     * @param name what it is, for people
     * @param pattern finds it, or the context of its first group
     * @param general matches every text of this kind
     * @param day the day on which dates change; null for a kind that always changes
     */
    private record Kind(String name, Pattern pattern, String general, Instant day) {
        static Kind of(String name, String pattern, String general) {
            return new Kind(name, Pattern.compile(pattern), general, null);
        }

        static Kind of(String name, String pattern) {
            return of(name, pattern, pattern.replace("\\b", "").replaceAll("\\(\\?<?[=!][^)]*\\)", ""));
        }

        boolean changes(String found) {
            if (day == null) {
                return true;
            }
            Matcher date = DATE.matcher(found);
            if (!date.find()) {
                return true;
            }
            try {
                Instant noon = LocalDate.of(number(date, 1), number(date, 2), number(date, 3))
                        .atTime(12, 0)
                        .toInstant(ZoneOffset.UTC);
                return Duration.between(noon, day).abs().compareTo(RECENT) <= 0;
            } catch (DateTimeException e) {
                return false;
            }
        }

        private static int number(Matcher date, int group) {
            return Integer.parseInt(date.group(group));
        }
    }

    /**
     * A part of a line.
     *
     * @param start its first character
     * @param end the character after it
     * @param kind what it is, for people, not null
     * @param general a regular expression for every text of this kind, not null
     */
    record Part(int start, int end, String kind, String general) {}

    private ChangingText(List<Kind> kinds) {
        this.kinds = kinds;
    }

    /**
     * Returns the usual kinds.
     *
     * @param time the time of the run
     * @param names names that change, such as that of the function
     */
    public static ChangingText at(Instant time, Collection<String> names) {
        List<Kind> kinds = new ArrayList<>();
        names.stream()
                .filter(name -> name.length() > 2)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(name -> Kind.of("function's name", "(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])", "[\\w-]+"))
                .forEach(kinds::add);
        kinds.add(Kind.of(
                "request ID",
                "\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b",
                "[0-9a-fA-F-]{36}"));
        kinds.add(Kind.of("trace ID", "\\b1-[0-9a-f]{8}-[0-9a-f]{24}\\b"));
        kinds.add(Kind.of(
                "log stream", "\\b\\d{4}/\\d{2}/\\d{2}/\\S*\\[\\S+\\][0-9a-f]{16,}", "\\d{4}/\\d{2}/\\d{2}/\\S+"));
        kinds.add(new Kind(
                "time",
                Pattern.compile("\\b\\d{4}[-/]\\d{2}[-/]\\d{2}[T ]" + CLOCK + "(?: ?(?:Z|UTC|[+-]\\d{2}:?\\d{2}))?"),
                "\\d{4}[-/]\\d{2}[-/]\\d{2}[T ]" + CLOCK + "(?: ?(?:Z|UTC|[+-]\\d{2}:?\\d{2}))?",
                time));
        kinds.add(Kind.of(
                "time",
                "\\b" + DAY + ",? +(?:" + MONTH + " +\\d{1,2}|\\d{1,2} " + MONTH + " \\d{4}),? +" + CLOCK
                        + "(?: [AP]M)?(?: [A-Z]{3,4})?(?: \\d{4})?\\b",
                "[A-Z][a-z]{2},? .*?\\d{1,2}:\\d{2}:\\d{2}[ \\w]*"));
        kinds.add(Kind.of(
                "time", "\\b" + MONTH + " {1,2}\\d{1,2} \\d{2}:\\d{2}\\b", "[A-Z][a-z]{2} +\\d{1,2} \\d{2}:\\d{2}"));
        kinds.add(new Kind(
                "date", Pattern.compile("\\b\\d{4}[-/]\\d{2}[-/]\\d{2}\\b"), "\\d{4}[-/]\\d{2}[-/]\\d{2}", time));
        kinds.add(Kind.of("time", "(?<![\\d:])" + CLOCK + "(?![\\d:])"));
        kinds.add(Kind.of("time", "\\b1[5-9]\\d{8}(?:\\.\\d+|\\d{3})?\\b", "\\d+(?:\\.\\d+)?"));
        kinds.add(Kind.of("duration", "\\b\\d+m\\d+(?:\\.\\d+)?s\\b"));
        kinds.add(Kind.of(
                "duration",
                "\\b\\d+(?:\\.\\d+)? ?(?:ns|us|µs|ms|msecs?|millis|milliseconds?|s|secs?|seconds?|mins?|minutes?)\\b",
                "\\d+(?:\\.\\d+)? ?[a-zµ]+"));
        kinds.add(Kind.of("process ID", "(?i)\\b(?:pid|process)[ =:#]{1,2}(\\d+)\\b", "\\d+"));
        kinds.add(Kind.of("process ID", "\\b[a-z][\\w-]*\\[(\\d+)\\]:", "\\d+"));
        kinds.add(Kind.of(
                "port",
                "(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1?\\]):(3[3-9]\\d{3}|[4-6]\\d{4})\\b",
                "\\d+"));
        kinds.add(Kind.of("address", "\\b0x[0-9a-fA-F]{6,16}\\b", "0x[0-9a-fA-F]+"));
        kinds.add(Kind.of("address", "(?<=[\\w\\];])@([0-9a-f]{5,8})\\b", "[0-9a-f]+"));
        kinds.add(Kind.of(
                "temporary name",
                "/tmp/(?:tmp[._-]?[A-Za-z0-9_-]{6,}|[\\w.-]*\\d{6,}[\\w.-]*|[\\w-]+\\.[A-Za-z0-9]{6,12}(?![\\w.]))",
                "/tmp/[\\w.-]+"));
        return new ChangingText(List.copyOf(kinds));
    }

    /** Returns the parts of a line that change, in their order, none of which overlap. */
    List<Part> in(String line) {
        List<Part> parts = new ArrayList<>();
        for (Kind kind : kinds) {
            Matcher found = kind.pattern.matcher(line);
            while (found.find()) {
                int group = found.groupCount() == 0 ? 0 : 1;
                Part part = new Part(found.start(group), found.end(group), kind.name, kind.general);
                boolean free = parts.stream().allMatch(other -> part.end <= other.start || other.end <= part.start);
                if (free && kind.changes(found.group(group))) {
                    parts.add(part);
                }
            }
        }
        parts.sort(Comparator.comparingInt(Part::start));
        return parts;
    }

    /** Returns a line of a golden file with wildcards for what changes. */
    String withWildcards(String line) {
        return replaced(line, in(line), part -> ANY, text -> text);
    }

    /** Returns a line with its parts that change, and the text around them, each replaced. */
    static String replaced(String line, List<Part> parts, Function<Part, String> change, UnaryOperator<String> around) {
        StringBuilder replaced = new StringBuilder();
        int end = 0;
        for (Part part : parts) {
            replaced.append(around.apply(line.substring(end, part.start()))).append(change.apply(part));
            end = part.end();
        }
        return replaced.append(around.apply(line.substring(end))).toString();
    }
}
