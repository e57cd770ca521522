package io.github.lambdashell.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Text;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final List<String> SECRETS = List.of("pässword", "abcdef", "defghi", "abc", "two\nlines here");
    private final Secrets secrets = Secrets.of(SECRETS, List.of(), Stream.empty());

    private String streamed(String text, int piece) {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Secrets.Masking masking = secrets.new Masking(seen::write);
        for (int i = 0; i < bytes.length; i += piece) {
            masking.write(bytes, i, Math.min(piece, bytes.length - i));
        }
        masking.end();
        return seen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void literalValuesAreMasked() {
        assertThat(secrets.mask("a pässword, abcdef.")).isEqualTo("a ***, ***.");
        assertThat(secrets.mask("abc")).as("too short to be a secret").isEqualTo("abc");
        assertThat(secrets.mask("one two\nlines here")).isEqualTo("one ***");
        assertThat(secrets.mask("lines here alone"))
                .as("each line of a secret is one")
                .isEqualTo("*** alone");
    }

    @Test
    void credentialsOfTheSandboxAreMaskedByTheirNames() {
        assertThat(secrets.mask("AWS_ACCESS_KEY_ID=ASIAXYZ AWS_REGION=eu-west-1"))
                .isEqualTo("AWS_ACCESS_KEY_ID=*** AWS_REGION=eu-west-1");
        assertThat(secrets.mask("declare -x AWS_SECRET_ACCESS_KEY=\"a/b+c\"\nnext"))
                .isEqualTo("declare -x AWS_SECRET_ACCESS_KEY=\"***\"\nnext");
        assertThat(secrets.mask("{\"AWS_SESSION_TOKEN\": \"IQoJ==\"}")).isEqualTo("{\"AWS_SESSION_TOKEN\": \"***\"}");
    }

    @Property(tries = 40)
    void aStreamIsMaskedForEveryChunkSize(@ForAll @IntRange(min = 1, max = 40) int piece) {
        String text = "x pässword abcdefghi y abcde\nabcdef two\nlines here AWS_SESSION_TOKEN=\"Fwo+=\" pässwor";

        assertThat(streamed(text, piece)).isEqualTo("x *** ***ghi y abcde\n*** *** AWS_SESSION_TOKEN=\"***\" pässwor");
    }

    @Test
    void aSecretThatAnExcerptCutsLeavesNoPart() {
        assertThat(secrets.maskHead("text abcde")).isEqualTo("text ***");
        assertThat(secrets.maskHead("text abcdef")).isEqualTo("text ***");
        assertThat(secrets.maskTail("ssword text")).isEqualTo("*** text");
        assertThat(secrets.maskTail("plain text")).isEqualTo("plain text");
    }

    @Test
    void aSecretThatAMessageShortensLeavesNoPart() {
        String value = "x".repeat(196) + "abcdef";

        assertThat(Text.quote(value)).contains("abcd\" and 2 more characters");
        assertThat(secrets.mask("stdout is " + Text.quote(value) + ", but expected \"y\""))
                .isEqualTo("stdout is \"" + "x".repeat(196) + "***\" and 2 more characters, but expected \"y\"");
    }

    /** The same rules as a regular expression. */
    private static final Pattern REFERENCE =
            Pattern.compile("(AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)[\"']?\\s?[=:]\\s?[\"']?)[^\\s\"',]+"
                    + "|abcdef|defghi|lines here");

    @Property(tries = 2000)
    void aStreamIsMaskedLikeTheWholeText(@ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 12) int piece) {
        String expected = REFERENCE
                .matcher(text)
                .replaceAll(found -> Optional.ofNullable(found.group(1)).orElse("") + "***");

        assertThat(secrets.mask(text)).isEqualTo(expected);
        assertThat(streamed(text, piece)).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a",
                        "abc",
                        "def",
                        "ghi",
                        " ",
                        "\n",
                        "\"",
                        "'",
                        "=",
                        ": ",
                        ",",
                        "AWS_",
                        "AWS_SESSION_TOKEN",
                        "AWS_ACCESS_KEY_ID=",
                        "AWS_SECRET",
                        "_ACCESS_KEY",
                        "lines",
                        " here")
                .list()
                .ofMaxSize(25)
                .map(parts -> String.join("", parts));
    }

    @Test
    void anIncompleteLineIsPassedOnAtOnce() {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        byte[] progress = "10 % ... abc".getBytes(StandardCharsets.UTF_8);

        secrets.new Masking(seen::write).write(progress, 0, progress.length);

        assertThat(seen).hasToString("10 % ... ");
    }
}
