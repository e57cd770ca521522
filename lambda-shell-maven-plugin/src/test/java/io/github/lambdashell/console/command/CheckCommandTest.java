package io.github.lambdashell.console.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.check.binding.TypedCheck;
import io.github.lambdashell.config.ShellException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arguments of {@code :check}. */
class CheckCommandTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    nativeLibraries                                    | nativeLibraries
                    nativeLibraries {ignore: [libcuda.so.1, libnv*]}   | nativeLibraries
                    classLoads com.example.App::handle                 | classLoads com.example.App::handle
                    classLoads {class: com.example.Order, depth: 3}    | classLoads com.example.Order
                    writable /tmp '/var/a b'                           | writable /tmp, /var/a b
                    writable [/tmp, /var/x]                            | writable /tmp, /var/x
                    reachable db:5432 mq:5671                          | reachable db:5432, mq:5671
                    reachable [::1]:443                                | reachable [::1]:443
                    reachable {address: 'db:5432', within: 2}          | reachable db:5432
                    reachable [{address: db:1}, mq:2]                  | reachable db:1, mq:2
                    identity orders-*                                  | identity orders-*
                    """)
    void aCheckIsReadWithTheVocabularyOfACommandsFile(String typed, String title) {
        assertThat(CheckCommand.read(typed).title()).isEqualTo(title);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    reachabel db:1                      | unknown check 'reachabel'; did you mean 'reachable'?
                    writable                            | writable requires a value
                    writable tmp /x y                   | :check: writable must be an absolute path in the sandbox such as /tmp, but is 'tmp'
                    reachable {address: a, timeout: 2s} | :check, reachable: unknown element 'timeout'; did you mean 'within'?
                    reachable {address: 'a:1', within: 2sec} | :check, reachable: within is not a duration: '2sec'; use a form such as 500ms, 3s or 2m; did you mean '2s'?
                    identity a b                        | :check: identity must be one value, but is a list
                    nativeLibraries all                 | :check, nativeLibraries: must contain elements (ignore), but is 'all'
                    reachable {address: [}              | :check:1:23: while parsing a flow node, expected the node content, but found '}'
                    """)
    void allMistakesAreReported(String typed, String problem) {
        assertThatThrownBy(() -> CheckCommand.read(typed))
                .isInstanceOfSatisfying(
                        ShellException.class,
                        refused -> assertThat(refused.problem().lines()).contains(problem));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
                    ``                            | 1 |              |        | false true true true
                    java version                  | 1 | java version |        | false true true true
                    -3                            | 3 |              |        | false true true true
                    -2 kernel --golden --no-run   | 2 | kernel       |        | true true false true
                    'readable' --show             | 1 | readable     |        | false true true false
                    kernel --no-redactions -- uname -s -- x | 1 | kernel |  uname -s -- x | false false true true
                    -- ls --golden                | 1 |              | ls --golden | false true true true
                    """)
    void otherArgumentsMakeACheck(String typed, int back, String name, String command, String switches) {
        assertThat(CheckCommand.learning(typed)).hasValueSatisfying(learning -> {
            assertThat(learning.back()).isEqualTo(back);
            assertThat(learning.command()).isEqualTo(Optional.ofNullable(command));
            CheckLearner.Options options = learning.options();
            assertThat(options.name()).isEqualTo(Optional.ofNullable(name));
            assertThat(options.golden() + " " + options.redactions() + " " + options.again() + " " + options.write())
                    .isEqualTo(switches);
        });
    }

    @Test
    void readyMadeChecksAndNamesLikeTheirsMakeNone() {
        assertThat(CheckCommand.learning("writable /tmp")).isEmpty();
        assertThat(CheckCommand.learning("reachabel db:1")).isEmpty();
        assertThat(CheckCommand.learning("tsl db:1")).isEmpty();
        assertThatThrownBy(() -> CheckCommand.learning("kernel --gold"))
                .hasMessage("Unknown option '--gold'. The options are --golden, --no-redactions, --no-run, --show.");
    }

    @Test
    void severalMistakesAreReportedTogether() {
        assertThatThrownBy(() -> CheckCommand.read("writable tmp data"))
                .isInstanceOfSatisfying(
                        ShellException.class,
                        refused -> assertThat(refused.problem().lines()).hasSize(2));
    }

    @Test
    void anUnknownNameListsTheChecks() {
        assertThatThrownBy(() -> CheckCommand.read(""))
                .hasMessage("The name of a check is missing. The checks are " + String.join(", ", TypedCheck.names())
                        + ".");
    }

    @Test
    void theNamesCompleteTheFirstArgument() {
        assertThat(ColonCommands.completions(":check ")).contains("writable", "reachable", "classLoads");
        assertThat(ColonCommands.completions(":c wri")).contains("writable");
        assertThat(ColonCommands.completions(":check writable /t")).isEmpty();
        assertThat(ColonCommands.completions("check ")).isEmpty();
    }
}
