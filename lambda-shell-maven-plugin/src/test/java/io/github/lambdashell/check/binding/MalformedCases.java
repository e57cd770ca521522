package io.github.lambdashell.check.binding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The cases of {@code malformed.txt}. In problems, {@code [words]} are all elements of a command, {@code [sources]} those of
 * which it needs one.
 */
final class MalformedCases {
    private MalformedCases() {}

    /**
     * A case.
     *
     * @param title names the problem
     * @param file the commandsFile
     * @param problems the reported problems
     */
    record Case(String title, String file, List<String> problems) {
        @Override
        public String toString() {
            return title;
        }
    }

    static List<Case> all() {
        try (InputStream table = MalformedCases.class.getResourceAsStream("malformed.txt")) {
            String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^## "))
                    .skip(1)
                    .map(MalformedCases::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case parse(String block) {
        String[] halves = block.split("(?m)^=>\n", 2);
        String[] first = halves[0].split("\n", 2);
        List<String> problems = halves[1]
                .strip()
                .replace("[words]", String.join(", ", Vocabulary.COMMAND.names()))
                .replace(
                        "[sources]",
                        String.join(", ", Vocabulary.COMMAND.limits().exactlyOne()))
                .lines()
                .toList();
        return new Case(first[0], first[1], problems);
    }
}
