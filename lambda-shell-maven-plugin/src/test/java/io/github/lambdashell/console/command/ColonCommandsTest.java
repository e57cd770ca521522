package io.github.lambdashell.console.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import org.junit.jupiter.api.Test;

/** The names of the colon commands, and their help. */
class ColonCommandsTest {
    @Test
    void theHelpFitsIntoEightyColumns() {
        assertThat(HelpCommand.lines())
                .hasSizeGreaterThan(ColonCommands.all().size())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void aNameMayBeAbbreviatedIfItStaysUnique() {
        assertThat(ColonCommands.isExit(":ex")).isTrue();
        assertThat(ColonCommands.isExit(":exit 3")).isTrue();
        assertThat(ColonCommands.isExit(":e")).isFalse();
        assertThat(ColonCommands.isExit(":exi now")).isFalse();
        assertThat(ColonCommands.takesLocalFile(":pu")).isTrue();
        assertThat(ColonCommands.takesLocalFile(":inv")).isTrue();
        assertThat(ColonCommands.takesLocalFile(":g")).isFalse();
    }

    @Test
    void anAmbiguousNameIsAnError() {
        assertThatThrownBy(() -> ColonCommands.run(":e", null))
                .isInstanceOf(ShellException.class)
                .hasMessage("':e' is ambiguous. It can be :env, :endpoint, :exit.");
    }

    @Test
    void aColonCommandCannotBeWatched() {
        assertThatThrownBy(() -> ColonCommands.run(":watch 2 :invoke {}", null))
                .isInstanceOf(ShellException.class)
                .hasMessage("':invoke {}' is a colon command, which can't be watched. Use :watch SECONDS COMMAND.");
    }

    @Test
    void aDurationOfAnotherFormIsReportedWithTheNearestOne() {
        assertThatThrownBy(() -> ColonCommands.run(":timeout 90sec", null))
                .hasMessage("The timeout is not a duration: '90sec'; use a form such as 500ms, 3s or 2m; did you mean"
                        + " '90s'? Use :timeout [30s | off].");
        assertThatThrownBy(() -> ColonCommands.run(":watch 2sec free", null))
                .hasMessage("The pause is not a duration: '2sec'; use a form such as 500ms, 3s or 2m; did you mean"
                        + " '2s'? Use :watch SECONDS COMMAND.");
        assertThatThrownBy(() -> ColonCommands.run(":timeout 0", null))
                .hasMessage("The timeout must be more than 0. Use :timeout [30s | off].");
    }

    /** Other programs have commands of this form too, for example ed. */
    @Test
    void inAScriptOnlyFullNamesAreColonCommands() {
        assertThat(ColonCommands.isKnown(":watch 1 ls")).isTrue();
        assertThat(ColonCommands.isKnown(":w")).isFalse();
    }
}
