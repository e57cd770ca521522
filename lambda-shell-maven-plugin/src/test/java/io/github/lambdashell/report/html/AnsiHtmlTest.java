package io.github.lambdashell.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class AnsiHtmlTest {
    @Test
    void coloursAndStylesBecomeSpans() {
        assertThat(AnsiHtml.render("a \u001b[31mred\u001b[0m b"))
                .isEqualTo("a <span style=\"color:var(--ansi1);\">red</span> b");
        assertThat(AnsiHtml.render("\u001b[1;92;44mx\u001b[22;39my\u001b[mz"))
                .isEqualTo("<span class=\"b\" style=\"color:var(--ansi10);background:var(--ansi4);\">x</span>"
                        + "<span style=\"background:var(--ansi4);\">y</span>z");
        assertThat(AnsiHtml.render("\u001b[38;5;208mo\u001b[38;2;1;2;300mp"))
                .isEqualTo(
                        "<span style=\"color:rgb(255,135,0);\">o</span><span style=\"color:rgb(1,2,255);\">p</span>");
        assertThat(AnsiHtml.render("\u001b[7mi\u001b[31mj"))
                .isEqualTo("<span class=\"inverse\">i</span><span style=\"background:var(--ansi1);\">j</span>");
    }

    @Test
    void otherSequencesAreOmitted() {
        assertThat(AnsiHtml.render("\u001b[2Ja\u001b]0;title\u0007b\u001b]8;;http://x\u001b\\c\u001b(Bd\u001b[?25le"))
                .isEqualTo("abcde");
        assertThat(AnsiHtml.render("cut \u001b[3")).isEqualTo("cut \\x1b[3");
    }

    @Test
    void markupAndControlCharactersAreShown() {
        assertThat(AnsiHtml.render("<b>&\"'\u0000\u0007\r\nx\ry"))
                .isEqualTo("&lt;b&gt;&amp;&quot;&#39;\\x00\\x07\nx\\x0dy");
        assertThat(AnsiHtml.render("a\u202eb")).as("what turns the text around").isEqualTo("a\\u202eb");
    }

    @Property
    void theResultIsWellFormedForEveryText(@ForAll String text) throws Exception {
        String html = AnsiHtml.render("\u001b[31m" + text + "\u001b[" + text + "\u001b[1mend");

        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<pre>" + html + "</pre>")));
    }
}
