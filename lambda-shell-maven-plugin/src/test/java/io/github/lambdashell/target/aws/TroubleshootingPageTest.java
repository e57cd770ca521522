package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on troubleshooting says what users read: each row of its tables is brought about and compared. */
class TroubleshootingPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/troubleshooting.md");
    private static final Map<String, Trouble> TROUBLES = Troubles.all();

    @RegisterExtension
    private final Account account = new Account();

    /**
     * A row of the page.
     *
     * @param trouble its name
     * @param problem what the user reads first; dots stand for anything
     * @param remedy what the user reads then
     */
    record Row(String trouble, String problem, String remedy) {
        @Override
        public String toString() {
            return trouble;
        }
    }

    static Stream<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            String[] cells = line.split("\\|");
            if (cells.length == 4 && !cells[1].isBlank() && !cells[1].startsWith("---")) {
                rows.add(new Row(cells[1].strip(), text(cells[2]), text(cells[3])));
            }
        }
        return rows.stream().filter(row -> !row.trouble.equals("what happened"));
    }

    private static String text(String cell) {
        return cell.strip().replace("`", "");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void saysWhatTheUserReads(Row row) {
        Trouble trouble = TROUBLES.get(row.trouble());
        assertThat(trouble).as("how it comes about").isNotNull();

        ShellException read = catchThrowableOfType(ShellException.class, () -> trouble.meet(account));

        assertThat(oneLine(read.problem())).matches(pattern(row.problem()));
        assertThat(oneLine(read.remedy())).matches(pattern(row.remedy()));
        assertThat(read.getMessage()).doesNotContain("Exception:");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Stream.of(text.split("\\.\\.\\.", -1)).map(Pattern::quote).collect(Collectors.joining(".+")));
    }

    @Test
    void holdsEveryTrouble() throws IOException {
        assertThat(rows().map(Row::trouble)).containsExactlyInAnyOrderElementsOf(TROUBLES.keySet());
    }
}
