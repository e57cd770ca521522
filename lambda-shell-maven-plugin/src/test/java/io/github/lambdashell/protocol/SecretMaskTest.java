package io.github.lambdashell.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SecretMaskTest {
    private static final String SECRET = "wJalrXUtnFEMIwJalK7";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final SecretMask mask = new SecretMask(
            new FrameListener() {
                @Override
                public void stdout(byte[] bytes, int offset, int length) {
                    out.write(bytes, offset, length);
                }

                @Override
                public void stderr(byte[] bytes, int offset, int length) {
                    err.write(bytes, offset, length);
                }
            },
            Secrets.literals(Set.of(SECRET, SECRET + "-longer")));

    @Test
    void aSecretIsReplacedOnBothStreams() {
        write("a " + SECRET + " b");
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        mask.stderr(bytes, 0, bytes.length);
        mask.flush();

        assertThat(out).hasToString("a *** b");
        assertThat(err).hasToString("***");
    }

    @Test
    void theBeginningOfASecretAloneIsNotMasked() {
        write("wJalrXU");
        assertThat(out).as("held back until it is known").hasToString("");

        write("x");
        write(" wJ");
        mask.flush();

        assertThat(out).hasToString("wJalrXUx wJ");
    }

    @Test
    void theLongestSecretIsReplaced() {
        write(SECRET + "-longer!");
        mask.flush();

        assertThat(out).hasToString("***!");
    }

    @Property(tries = 400)
    void aSecretIsReplacedWhereverChunksAreCut(
            @ForAll @IntRange(max = 60) int cut, @ForAll @IntRange(min = 1, max = 60) int length) {
        String text = "0123456789" + SECRET + "wJalrX" + SECRET + "9876543210";
        int from = Math.min(cut, text.length());
        int to = Math.min(from + length, text.length());
        SecretMaskTest test = new SecretMaskTest();
        test.write(text.substring(0, from));
        test.write(text.substring(from, to));
        test.write(text.substring(to));
        test.mask.flush();

        assertThat(test.out).hasToString("0123456789***wJalrX***9876543210");
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mask.stdout(bytes, 0, bytes.length);
    }
}
