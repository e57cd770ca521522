package io.github.lambdashell.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Checks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class SelectionTest {
    private static final List<Check> CHECKS = Checks.read("""
            - {name: java runtime, run: echo 1, tags: [runtime, slow]}
            - {name: java.home, run: echo 2}
            - {name: disk, run: echo 3, tags: slow}
            """);

    private static List<String> selected(String only) {
        return new Selection(only).of(CHECKS).stream().map(Check::name).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "disk, disk",
        "java*, java runtime+java.home",
        "java?home, java.home",
        "slow, java runtime+disk",
        "'runtime, dis?', java runtime+disk",
        "'*', java runtime+java.home+disk",
    })
    void patternsMatchFullNamesAndTags(String only, String names) {
        assertThat(selected(only)).containsExactly(names.split("\\+"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void noPatternSelectsAll(String only) {
        assertThat(selected(only)).hasSize(3);
    }

    @Test
    void aPatternWithoutAMatchReportsTheNames() {
        assertThat(selected("jav")).isEmpty();
        assertThat(new Selection("jav").nothing(CHECKS))
                .isEqualTo("no check matches lshell.only 'jav'; the names are java runtime," + " java.home, disk");
    }
}
