package io.github.lambdashell.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.Violation.Change;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTableTest {
    private static String table(Change... changes) {
        return ChangeTable.of(List.of(new Violation("text", List.of(), "", List.of(changes))));
    }

    @Test
    void eachGroupHasItsFactsAndTheirNumbers() {
        String html = table(
                new Change("packages", "zlib", "1", "2"),
                new Change("packages", "<vim>", "9", null),
                new Change("variables", "PATH", null, ""));

        assertThat(html)
                .contains("<tr class=\"group\"><th colspan=\"3\" scope=\"rowgroup\">packages"
                        + " <span class=\"changed\">\u2260 1 changed</span>"
                        + " <span class=\"removed\">\u2212 1 removed</span></th></tr>")
                .contains("<tr class=\"removed\"><th scope=\"row\"><span class=\"mark\" title=\"removed\">\u2212</span>"
                        + "&lt;vim&gt;</th><td class=\"was\"><del>9</del></td>"
                        + "<td class=\"is\"><span class=\"none\">absent</span></td></tr>")
                .contains("title=\"added\">+</span>PATH</th><td class=\"was\"><span class=\"none\">absent</span></td>"
                        + "<td class=\"is\"><span class=\"none\">no value</span></td></tr>");
        assertThat(html.split("<tbody>")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "3.2.2-1.amzn, 3.2.2-2.amzn, 3.2.2-<del>1</del>.amzn, 3.2.2-<ins>2</ins>.amzn",
        "550 MB, 512 MB, <del>550</del> MB, <ins>512</ins> MB",
        "1.0, 1.0.4, 1.0, 1.0<ins>.4</ins>",
        "a<b, a&b, a<del>&lt;</del>b, a<ins>&amp;</ins>b",
        "aa, aaa, <del>aa</del>, <ins>aaa</ins>",
        "x 1 x, x, x<del> 1 x</del>, x",
    })
    void theWordsThatDifferAreMarked(String before, String after, String was, String is) {
        assertThat(table(new Change("packages", "p", before, after)))
                .contains("<td class=\"was\">" + was + "</td><td class=\"is\">" + is + "</td>");
    }
}
