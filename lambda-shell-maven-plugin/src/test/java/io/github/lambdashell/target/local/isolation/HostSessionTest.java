package io.github.lambdashell.target.local.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSessionTest {
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, false",
        "0000000180000000, false",
        "0000000000000002, true",
        "0000000000000007, true",
        "ffffffff00000001, true"
    })
    void theSignalsOfTheSystemCount(String mask, boolean some) {
        assertThat(HostSession.ignoresSignals("Name:\tjava\nSigBlk:\t0000000000000002\nSigIgn:\t" + mask + "\n"))
                .isEqualTo(some);
    }

    @Test
    void aChildOfABuildThatIgnoresCtrlCCanTrapIt() throws Exception {
        List<String> restorer = HostSession.env();
        assumeFalse(restorer.isEmpty(), "this machine's env can't restore signals");
        String trapping = "trap 'echo trapped; exit 7' INT; kill -s INT $$; echo ignored";

        assertThat(ignoringCtrlC(List.of("sh", "-c", trapping))).isEqualTo("ignored\n");

        List<String> restored = new ArrayList<>(restorer);
        restored.addAll(List.of("sh", "-c", trapping));
        assertThat(ignoringCtrlC(restored)).isEqualTo("trapped\n");
    }

    private static String ignoringCtrlC(List<String> command) throws Exception {
        List<String> ignoring = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        ignoring.addAll(command);
        Process process = new ProcessBuilder(ignoring).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
