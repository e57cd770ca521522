package io.github.lambdashell.check.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private static List<String> table(boolean all, String... snapshots) throws Snapshot.MalformedException {
        List<Snapshot> parsed = new ArrayList<>();
        for (String snapshot : snapshots) {
            parsed.add(Snapshot.parse(snapshot.lines().toList(), 1));
        }
        return new SideBySide(List.of("al2", "al2023", "image").subList(0, snapshots.length), parsed).lines(all);
    }

    @Test
    void differencesAreListedByGroupAndTheRestIsCounted() throws Exception {
        assertThat(table(
                        false,
                        "[system]\nkernel = 5.10\nmachine = x86_64\n[cpu]\nsse\n[programs]\nnc = /usr/bin",
                        "[system]\nkernel = 6.1\nmachine = x86_64\n[cpu]\nsse\navx512\n[programs]",
                        "[system]\nkernel = 6.1\nmachine = x86_64\n[cpu]\nsse"))
                .containsExactly(
                        "          al2       al2023  image",
                        "system: 1 differs, 1 the same",
                        "  kernel  5.10      6.1     6.1",
                        "cpu: 1 differs, 1 the same",
                        "  avx512  -         yes     -",
                        "programs: 1 differs",
                        "  nc      /usr/bin  -       -",
                        "3 facts differ, 2 are the same");
    }

    @Test
    void factsThatAreTheSameAreListedOnRequest() throws Exception {
        assertThat(table(false, "[cpu]\nsse", "[cpu]\nsse"))
                .endsWith("cpu: all 1 the same", "0 facts differ, 1 is the same");
        assertThat(table(true, "[cpu]\nsse", "[cpu]\nsse")).contains("  sse  yes  yes");
    }

    @Test
    void aLongValueIsCutWhereItsDifferenceIsSeen() throws Exception {
        String common = "/var/lib/images/".repeat(5);

        assertThat(table(false, "[mounts]\n/ = " + common + "one", "[mounts]\n/ = " + common + "two" + "x".repeat(50)))
                .anySatisfy(line -> assertThat(line).endsWith("/one  .../images/twoxxxxxxxxxxxxxxxxxxxxxxx..."));
        assertThat(table(false, "[mounts]\n/ = " + common, "[mounts]"))
                .contains("  /  /var/lib/images//var/lib/images//var/...  -");
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() throws Exception {
        assertThat(table(false, "[system]\nos-name = \u001b[31mred", "[system]"))
                .contains("  os-name  \\x1b[31mred  -");
    }
}
