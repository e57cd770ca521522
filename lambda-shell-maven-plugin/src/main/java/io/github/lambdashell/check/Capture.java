package io.github.lambdashell.check;

import java.io.IOException;
import java.util.Objects;

/**
 * A value of a check that later checks can use.
 *
 * @param name unique among all checks, consists of letters, digits and {@code _}; not null
 * @param source finds the value in the output, not null
 */
public record Capture(String name, Source source) {
    /** The maximum length of a value, which is passed to commands as an environment variable. */
    private static final int MAX_LENGTH = 32 * 1024;

    public Capture {
        Objects.requireNonNull(name);
        Objects.requireNonNull(source);
    }

    /** A search for a value in the output. */
    @FunctionalInterface
    public interface Source {
        /**
         * Returns the value.
         *
         * @throws NoValueException when there is none
         * @throws IOException when the kept output can't be read
         */
        String value(Observation seen) throws NoValueException, IOException;
    }

    /**
     * Returns the value.
     *
     * @throws NoValueException when there is none that can be used
     * @throws IOException when the kept output can't be read
     */
    public String value(Observation seen) throws NoValueException, IOException {
        String subject = "the value to capture as " + Text.apostrophes(name);
        String value;
        try {
            value = source.value(seen);
        } catch (NoValueException e) {
            throw new NoValueException(subject + " is not found: " + e.getMessage());
        }
        if (value.isEmpty()) {
            throw new NoValueException(subject + " is empty");
        }
        if (value.length() > MAX_LENGTH) {
            throw new NoValueException(
                    subject + " must have up to " + MAX_LENGTH + " characters, but has " + value.length());
        }
        if (value.indexOf('\0') >= 0) {
            throw new NoValueException(subject + " must not contain a NUL character");
        }
        return value;
    }
}
