package io.github.lambdashell.symptom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page that lists the symptoms, which is written from their folders. */
class SymptomsPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/symptoms.md");

    private static final String INTRODUCTION = """
            # Symptoms

            Faults of Java functions that people have reported, by what they saw, and the [check](checks.md) that finds each of
            them in a build. Each check has been tried on a project with the fault, where it fails, and on one without it, where
            it passes; [the folders of these projects](../../test/symptoms/README.md) are part of the plugin's tests. They
            contain the smallest code that shows the fault, not the code of those who reported it.
            """;

    @Test
    void thePageIsWrittenFromTheSymptoms() throws IOException {
        String page = page(Symptom.all());
        if (Boolean.getBoolean("lshell.writeSymptoms")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("the list of symptoms; write it with -Dtest=SymptomsPageTest -Dlshell.writeSymptoms=true")
                .hasContent(page);
    }

    private static String page(List<Symptom> symptoms) throws IOException {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append("\n| | what you see | cause and remedy | check |\n|---|---|---|---|\n");
        String area = "";
        for (Symptom symptom : symptoms) {
            Symptom.Description description = symptom.description();
            String first = description.area().equals(area) ? "" : description.area();
            area = description.area();
            page.append("| %s | %s | %s | [%s](#%s) |\n"
                    .formatted(first, description.see(), description.cause(), title(symptom), symptom.name()));
        }
        for (Symptom symptom : symptoms) {
            page.append(section(symptom));
        }
        return page.toString();
    }

    /** Returns the heading, whose anchor is the name. */
    private static String title(Symptom symptom) {
        String words = symptom.name().replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String section(Symptom symptom) throws IOException {
        Symptom.Description description = symptom.description();
        String handler =
                description.handler() == null ? "" : " The goal's `handler` is `" + description.handler() + "`.";
        return """

                ## %s

                Reported in %s.%s

                <!-- snippet: lambda-shell-maven-plugin/%s -->
                ```yaml
                %s```

                The failure ([project](../../test/symptoms/%s)):

                ```
                %s
                ```
                """.formatted(
                title(symptom),
                description.threads().stream().map(SymptomsPageTest::link).collect(Collectors.joining(", ")),
                handler,
                symptom.commands(),
                Files.readString(symptom.commands()),
                symptom.name(),
                String.join("\n", description.finds()));
    }

    private static String link(String thread) {
        String[] parts = thread.split("#");
        return "[%s](https://github.com/%s/issues/%s)".formatted(thread, parts[0], parts[1]);
    }
}
