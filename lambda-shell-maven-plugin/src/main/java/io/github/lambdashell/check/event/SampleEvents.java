package io.github.lambdashell.check.event;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The sample events: for each name, a resource in the format that AWS documents for the source. */
public final class SampleEvents {
    private static final List<String> NAMES = List.of(
            "alb",
            "api-gateway-v1",
            "api-gateway-v2",
            "cognito-post-confirmation",
            "cognito-pre-sign-up",
            "dynamodb",
            "eventbridge",
            "eventbridge-scheduled",
            "kinesis",
            "s3",
            "sns",
            "sqs");

    private SampleEvents() {}

    /** Returns the names in alphabetical order. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Returns a sample event's JSON.
     *
     * @throws IllegalArgumentException if there is none of that name; its message follows the element's name
     */
    public static String get(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", NAMES) + ", but is "
                    + Text.apostrophes(name)
                    + Suggestion.ending(name, NAMES, ""));
        }
        try (InputStream resource = SampleEvents.class.getResourceAsStream(name + ".json")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
