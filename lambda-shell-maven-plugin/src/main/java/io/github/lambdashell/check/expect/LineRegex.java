package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.ShellException;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Search for a user's regular expression in a line, with a time limit against excessive backtracking. */
public final class LineRegex {
    /** The time limit of a line; usual expressions take milliseconds for a megabyte. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String REMEDY = "Rewrite it without nested repetitions such as (a+)+ or (a|b)*";

    private LineRegex() {}

    /**
     * Finds the first match.
     *
     * @return a matcher at the match, null when there is none
     * @throws ShellException when the expression takes too long or recurses too deeply
     */
    static Matcher find(Pattern pattern, CharSequence line) {
        return find(pattern, line, LIMIT);
    }

    static Matcher find(Pattern pattern, CharSequence line, Duration limit) {
        return within(limit, pattern, line, matcher -> matcher.find() ? matcher : null);
    }

    /**
     * Returns the line with each match replaced by a text.
     *
     * @throws ShellException when the expression takes too long or recurses too deeply
     */
    public static CharSequence replaceAll(Pattern pattern, CharSequence line, String replacement) {
        return within(
                LIMIT,
                pattern,
                line,
                matcher -> matcher.find() ? matcher.replaceAll(Matcher.quoteReplacement(replacement)) : line);
    }

    private static <T> T within(Duration limit, Pattern pattern, CharSequence line, Function<Matcher, T> work) {
        try {
            return work.apply(pattern.matcher(new TimedSequence(line, System.nanoTime() + limit.toNanos())));
        } catch (StackOverflowError e) {
            throw new ShellException(
                    "The regular expression " + pattern + " recurses too deeply in a line of "
                            + Text.count(line.length(), "character"),
                    REMEDY,
                    e);
        } catch (OutOfTimeException e) {
            throw new ShellException(
                    "The regular expression " + pattern + " took longer than " + DurationText.format(limit)
                            + " in a line of " + Text.count(line.length(), "character"),
                    REMEDY);
        }
    }

    private static final class OutOfTimeException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A sequence that checks the time every few thousand characters. */
    private static final class TimedSequence implements CharSequence {
        private static final int UNTIL_LOOK = 1 << 14;

        private final CharSequence text;
        private final long deadline;
        private int untilLook = UNTIL_LOOK;

        TimedSequence(CharSequence text, long deadline) {
            this.text = text;
            this.deadline = deadline;
        }

        @Override
        public char charAt(int index) {
            if (--untilLook == 0) {
                untilLook = UNTIL_LOOK;
                if (System.nanoTime() - deadline > 0) {
                    throw new OutOfTimeException();
                }
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
