package io.github.lambdashell.check.learn;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds secrets in what would become a check: a file in version control. */
public final class SecretTexts {
    /** What masking leaves; more asterisks are a text's own. */
    private static final Pattern MASKED = Pattern.compile("(?<!\\*)\\*{3}(?!\\*)");

    private static final Pattern NAME =
            Pattern.compile("(?i).*(?:secret|token|passw|_pwd$|credential|api_?key|access_?key|private_?key).*");

    /** Minimum length of a value that is a secret by the name of its variable only; not "true" or "none". */
    private static final int MIN_LENGTH = 8;

    private final Secrets secrets;

    /**
     * @param values the target's credentials
     * @param variables names of variables whose values are secrets, beside those whose names tell that they are
     * @param environments environments in which these are looked up
     */
    public SecretTexts(
            Collection<String> values, Collection<String> variables, List<Map<String, String>> environments) {
        Stream<String> telling = environments.stream()
                .flatMap(all -> all.entrySet().stream())
                .filter(variable -> NAME.matcher(variable.getKey()).matches())
                .map(Map.Entry::getValue)
                .filter(value -> value.length() >= MIN_LENGTH);
        secrets = Secrets.of(Stream.concat(values.stream(), telling).toList(), variables, environments.stream());
    }

    /**
     * Requires that a command and its output contain no secret.
     *
     * @throws ShellException if one is found
     */
    public void require(RanCommand ran) {
        requireNone("The command", ran.command());
        ran.output()
                .forEach((stream, bytes) -> requireNone("Its " + stream, new String(bytes, StandardCharsets.UTF_8)));
        ran.environment().forEach((name, value) -> {
            if (value != null && NAME.matcher(name).matches()) {
                throw refused("The session's variable " + name);
            }
            requireNone("The session's variable " + name, value == null ? "" : value);
        });
    }

    private void requireNone(String subject, String text) {
        if (MASKED.matcher(text).find() || !secrets.mask(text).equals(text)) {
            throw refused(subject);
        }
    }

    private static ShellException refused(String subject) {
        return new ShellException(
                subject + " contains a secret, so no check was made of it",
                "Check a command that does not show it, for example test -n \"$NAME\"");
    }
}
