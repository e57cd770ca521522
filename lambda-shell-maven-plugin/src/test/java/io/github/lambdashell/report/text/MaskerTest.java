package io.github.lambdashell.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MaskerTest {
    private static final List<String> SECRETS = List.of("pässword", "abcdef", "defghi", "abc", "two\nlines here");
    private final Masker masker = new Masker(SECRETS);

    private String streamed(String text, int piece) throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = masker.wrap(seen)) {
            for (int i = 0; i < bytes.length; i += piece) {
                out.write(bytes, i, Math.min(piece, bytes.length - i));
                out.flush();
            }
        }
        return seen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void literalValuesAreMasked() {
        assertThat(masker.mask("a pässword, abcdef.")).isEqualTo("a ***, ***.");
        assertThat(masker.mask("abc")).as("too short to be a secret").isEqualTo("abc");
        assertThat(masker.mask("one two\nlines here")).isEqualTo("one ***");
        assertThat(masker.mask("lines here alone"))
                .as("each line of a secret is one")
                .isEqualTo("*** alone");
    }

    @Test
    void credentialsOfTheSandboxAreMaskedByTheirNames() {
        assertThat(masker.mask("AWS_ACCESS_KEY_ID=ASIAXYZ AWS_REGION=eu-west-1"))
                .isEqualTo("AWS_ACCESS_KEY_ID=*** AWS_REGION=eu-west-1");
        assertThat(masker.mask("declare -x AWS_SECRET_ACCESS_KEY=\"a/b+c\"\nnext"))
                .isEqualTo("declare -x AWS_SECRET_ACCESS_KEY=\"***\"\nnext");
        assertThat(masker.mask("{\"AWS_SESSION_TOKEN\": \"IQoJ==\"}")).isEqualTo("{\"AWS_SESSION_TOKEN\": \"***\"}");
    }

    @Property(tries = 40)
    void aStreamIsMaskedWhateverPiecesItComesIn(@ForAll @IntRange(min = 1, max = 40) int piece) throws IOException {
        String text = "x pässword abcdefghi y abcde\nabcdef two\nlines here AWS_SESSION_TOKEN=\"Fwo+=\" pässwor";

        assertThat(streamed(text, piece)).isEqualTo("x *** ***ghi y abcde\n*** *** AWS_SESSION_TOKEN=\"***\" pässwor");
    }

    @Test
    void aSecretThatAnExcerptCutsInTwoLeavesNoPart() {
        assertThat(masker.maskHead("text abcde")).isEqualTo("text ***");
        assertThat(masker.maskHead("text abcdef")).isEqualTo("text ***");
        assertThat(masker.maskTail("ssword text")).isEqualTo("*** text");
        assertThat(masker.maskTail("plain text")).isEqualTo("plain text");
    }

    @Test
    void aSecretThatAMessageShortensLeavesNoPart() {
        String value = "x".repeat(196) + "abcdef";

        assertThat(Text.quote(value)).contains("abcd\" and 2 more characters");
        assertThat(masker.mask("stdout is " + Text.quote(value) + ", but expected \"y\""))
                .isEqualTo("stdout is \"" + "x".repeat(196) + "***\" and 2 more characters, but expected \"y\"");
    }
}
