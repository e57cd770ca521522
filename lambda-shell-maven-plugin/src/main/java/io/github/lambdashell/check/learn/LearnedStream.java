package io.github.lambdashell.check.learn;

import io.github.lambdashell.check.References;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.learn.ChangingText.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is expected of a stream, learned from one run of a command or from two. */
final class LearnedStream {
    private static final int MAX_SHORT_LINES = 5;
    private static final int MAX_SHORT_CHARACTERS = 500;
    private static final int CHOSEN_LINES = 3;
    private static final int MAX_CHOSEN_CHARACTERS = 160;
    private static final String DIFFERS = "differs in two runs";
    private static final Pattern TELLING =
            Pattern.compile("(?i)version|release|error|warn|exception|fail|success|ready|not found|denied|total|=|: ");

    private final byte[] bytes;
    private final String text;
    private final List<Line> lines = new ArrayList<>();
    /** Whether both runs have the same number of lines. */
    private final boolean aligned;

    private final List<String> again;

    /**
     * A line.
     *
     * @param text the line, not null
     * @param changing its parts that change, not null
     * @param everywhere whether the other run has it too
     */
    private record Line(String text, List<Part> changing, boolean everywhere) {
        boolean stable() {
            return changing.isEmpty();
        }

        String regex() {
            return "^" + with(Part::general, LearnedStream::literal) + "$";
        }

        /** Returns whether a line of the other run differs only in what changes. */
        boolean isLike(String other) {
            return text.equals(other)
                    || !changing.isEmpty()
                            && Pattern.compile(regex()).matcher(other).find();
        }

        String golden() {
            return with(part -> ChangingText.ANY, text -> text);
        }

        private String with(Function<Part, String> change, UnaryOperator<String> around) {
            return ChangingText.replaced(text, changing, change, around);
        }

        /** Returns whether enough of it does not change for a person to recognize it. */
        boolean recognizable() {
            String rest = with(part -> " ", text -> text);
            return !rest.contains("\ufffd")
                    && rest.indexOf('\0') < 0
                    && !text.contains(References.BEGIN)
                    && rest.chars().filter(Character::isLetterOrDigit).count() >= 3;
        }
    }

    /**
     * @param bytes the stream
     * @param again the same stream of a second run, if there was one
     * @param changing finds the text that changes
     */
    LearnedStream(byte[] bytes, Optional<byte[]> again, ChangingText changing) {
        this.bytes = bytes;
        this.text = new String(bytes, StandardCharsets.UTF_8);
        List<String> own = lines(text);
        this.again = again.map(second -> lines(new String(second, StandardCharsets.UTF_8)))
                .orElse(own);
        aligned = own.size() == this.again.size();
        Set<String> all = new HashSet<>(this.again);
        for (int i = 0; i < own.size(); i++) {
            String line = own.get(i);
            List<Part> parts = changing.in(line);
            if (aligned && changing != ChangingText.NONE) {
                lines.add(new Line(line, differing(line, this.again.get(i), parts), true));
            } else {
                Line learned = new Line(line, parts, true);
                boolean everywhere = all.contains(line)
                        || !parts.isEmpty() && this.again.stream().anyMatch(learned::isLike);
                lines.add(new Line(line, parts, everywhere));
            }
        }
    }

    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        String ended = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return Arrays.stream(ended.split("\n", -1))
                .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                .toList();
    }

    /** Returns the parts of a line that change, and the one that differs from the same line of the other run. */
    private static List<Part> differing(String line, String other, List<Part> parts) {
        if (new Line(line, parts, true).isLike(other)) {
            return parts;
        }
        int shorter = Math.min(line.length(), other.length());
        int start = 0;
        while (start < shorter && line.charAt(start) == other.charAt(start)) {
            start++;
        }
        int rest = 0;
        while (rest < shorter - start
                && line.charAt(line.length() - 1 - rest) == other.charAt(other.length() - 1 - rest)) {
            rest++;
        }
        // A number or a name changes as one: what two of them share is by chance.
        while (isJoined(line, start) || isJoined(other, start)) {
            start--;
        }
        while (rest > 0 && (isJoined(line, line.length() - rest) || isJoined(other, other.length() - rest))) {
            rest--;
        }
        int end = line.length() - rest;
        for (Part part : parts) {
            if (part.start() < end && start < part.end()
                    || start == end && part.start() < start && start < part.end()) {
                start = Math.min(start, part.start());
                end = Math.max(end, part.end());
            }
        }
        int from = start;
        int to = end;
        List<Part> all = new ArrayList<>(parts.stream()
                .filter(part -> part.end() <= from || to <= part.start())
                .toList());
        all.add(new Part(from, to, DIFFERS, ".*"));
        all.sort(Comparator.comparingInt(Part::start));
        return all;
    }

    /** Returns whether the characters before and after a position belong to one word or number. */
    private static boolean isJoined(String line, int position) {
        if (position == 0 || position == line.length()) {
            return false;
        }
        char before = line.charAt(position - 1);
        char after = line.charAt(position);
        boolean isNumber = Character.isDigit(before) && ".,:".indexOf(after) >= 0
                || ".,:".indexOf(before) >= 0 && Character.isDigit(after);
        return isNumber || Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
    }

    private static String literal(String text) {
        return text.replaceAll("[\\\\.\\[\\]{}()*+?^$|]", "\\\\$0");
    }

    private boolean isText() {
        return Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))
                && text.indexOf('\0') < 0
                && !text.contains(References.BEGIN);
    }

    boolean isEmpty() {
        return bytes.length == 0 && again.isEmpty();
    }

    /** Returns whether a golden file can have it: an empty one would expect nothing. */
    boolean fitsGoldenFile() {
        return bytes.length > 0;
    }

    /** Returns what changes, for people: {@code time 12:00:01}. */
    Set<String> changes() {
        return lines.stream()
                .flatMap(line -> line.changing.stream()
                        .map(part ->
                                part.kind() + " " + Text.apostrophes(line.text.substring(part.start(), part.end()))))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the stream's value in the vocabulary. */
    Object expectations(boolean cut) {
        if (isEmpty()) {
            return Map.of("empty", true);
        }
        boolean isShort =
                !cut && aligned && isText() && lines.size() <= MAX_SHORT_LINES && text.length() <= MAX_SHORT_CHARACTERS;
        if (isShort && lines.stream().allMatch(Line::stable)) {
            // An expected text is compared without its last newline, so one before it would be lost with it.
            boolean endsOnce = text.length() > 1 && text.endsWith("\n") && !text.endsWith("\n\n");
            return endsOnce ? text.substring(0, text.length() - 1) : text;
        }
        Map<String, Object> expected = new LinkedHashMap<>();
        if (isShort) {
            expected.put(
                    "matches", value(lines.stream().map(Line::regex).distinct().toList()));
            expected.put("lineCount", lines.size());
            return expected;
        }
        List<Line> candidates = lines.subList(0, cut ? Math.max(lines.size() - 1, 0) : lines.size()).stream()
                .filter(line -> line.everywhere && line.recognizable())
                .toList();
        List<Line> chosen = chosen(candidates.stream().filter(Line::stable).toList());
        if (!chosen.isEmpty()) {
            expected.put(
                    "contains",
                    value(chosen.stream().map(LearnedStream::shortened).toList()));
        } else {
            chosen = chosen(candidates.stream()
                    .filter(line -> line.text.length() <= MAX_SHORT_CHARACTERS)
                    .toList());
            if (chosen.isEmpty()) {
                return bytes.length > 0 && !again.isEmpty() ? Map.of("empty", false) : null;
            }
            expected.put(
                    "matches", value(chosen.stream().map(Line::regex).distinct().toList()));
        }
        return expected;
    }

    /** Returns the lines that tell most, in their order. */
    private List<Line> chosen(List<Line> candidates) {
        Set<Line> best = candidates.stream()
                .distinct()
                .sorted(Comparator.comparingInt(this::score).reversed())
                .limit(CHOSEN_LINES)
                .collect(Collectors.toSet());
        return candidates.stream().distinct().filter(best::contains).toList();
    }

    private int score(Line line) {
        String text = line.text;
        int letters = (int) text.chars().filter(Character::isLetter).count();
        int digits = (int) text.chars().filter(Character::isDigit).count();
        int words = text.strip().split("\\s+").length;
        boolean edge = line == lines.get(0) || line == lines.get(lines.size() - 1);
        return Math.min(letters, 60)
                + 5 * Math.min(words, 6)
                - 2 * Math.max(0, digits - 4)
                + (TELLING.matcher(text).find() ? 15 : 0)
                + (edge ? 20 : 0)
                - (text.length() > MAX_CHOSEN_CHARACTERS ? 40 : 0);
    }

    private static String shortened(Line line) {
        String text = line.text;
        if (text.length() <= MAX_CHOSEN_CHARACTERS) {
            return text;
        }
        int end = MAX_CHOSEN_CHARACTERS - (Character.isHighSurrogate(text.charAt(MAX_CHOSEN_CHARACTERS - 1)) ? 1 : 0);
        return text.substring(0, end);
    }

    private static Object value(List<String> texts) {
        return texts.size() == 1 ? texts.get(0) : texts;
    }

    /** Returns the content of a golden file. */
    String golden() {
        List<String> golden = new ArrayList<>();
        if (aligned) {
            lines.forEach(line -> golden.add(line.golden()));
        } else {
            int shorter = Math.min(lines.size(), again.size());
            int start = 0;
            while (start < shorter && lines.get(start).isLike(again.get(start))) {
                start++;
            }
            int rest = 0;
            while (rest < shorter - start
                    && lines.get(lines.size() - 1 - rest).isLike(again.get(again.size() - 1 - rest))) {
                rest++;
            }
            lines.subList(0, start).forEach(line -> golden.add(line.golden()));
            golden.add("...");
            lines.subList(lines.size() - rest, lines.size()).forEach(line -> golden.add(line.golden()));
        }
        return golden.isEmpty() ? "" : String.join("\n", golden) + "\n";
    }
}
