package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.ShellException;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user's regular expression, found in a line within a time that bounds what backtracking may cost. */
public final class LineRegex {
    /** The longest that one line may take; a sane expression takes milliseconds for a megabyte. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String REMEDY = "Rewrite it without a repetition inside of a repetition, like (a+)+ or (a|b)*";

    private LineRegex() {}

    /**
     * The first place where the expression is found.
     *
     * @return a matcher that stands on it, null when there is none
     * @throws ShellException when the expression can't cope with the line
     */
    static Matcher find(Pattern pattern, CharSequence line) {
        return find(pattern, line, LIMIT);
    }

    static Matcher find(Pattern pattern, CharSequence line, Duration limit) {
        return within(limit, pattern, line, matcher -> matcher.find() ? matcher : null);
    }

    /**
     * The line with each match replaced by a text.
     *
     * @throws ShellException when the expression can't cope with the line
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
                    "The regular expression " + pattern + " goes too deep in a line of "
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

    /** Looks at the clock every few thousand characters that the matcher asks for. */
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
