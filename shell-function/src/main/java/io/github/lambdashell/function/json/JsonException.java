package io.github.lambdashell.function.json;

/** A text that is not JSON. The message says what is wrong and where, and quotes nothing of the text. */
public final class JsonException extends Exception {
    JsonException(String problem, int position) {
        super(problem + " at character " + (position + 1));
    }
}
