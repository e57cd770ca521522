package io.github.lambdashell.console.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.learn.CommandsFile;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.console.command.CheckLearner.Options;
import io.github.lambdashell.console.command.RecentCommands.Recent;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.run.Targets;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of commands of a session in a sandbox, which then pass in others. */
class CheckLearnerTest {
    private static final Options DEFAULTS = new Options(Optional.empty(), false, true, true, true);

    @TempDir
    private static Path home;

    private static Target target;
    private static Connection connection;

    @TempDir
    Path directory;

    private final List<String> printed = new ArrayList<>();
    private ShellSession session;
    private CommandsFile file;

    @BeforeAll
    static void deploy() throws InterruptedException {
        target = Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, home));
        connection = Connection.to(
                new StackDeployment(target, home, new Silence())
                        .deploy(Account.config("demo", FunctionSettings.NONE.complete("provided.al2023")))
                        .stack(),
                target,
                home);
    }

    @AfterAll
    static void remove() throws InterruptedException {
        new StackDeployment(target, home, new Silence()).remove("demo");
        target.close();
    }

    @BeforeEach
    void open() {
        session = new ShellSession(() -> connection, Optional.empty());
        file = new CommandsFile(
                directory.resolve("commands.yaml"), false, Optional.empty(), directory, List.of("ORDERS_LICENCE"));
    }

    private Recent run(String command) throws InterruptedException {
        Optional<String> state = session.state();
        Captured output = new Captured(RecentCommands.MAX_BYTES);
        return new Recent(command, state, output, session.run(ShellRequest.command(command), output));
    }

    private void learn(Recent command, Options options) throws InterruptedException {
        new CheckLearner(session, target, file, printed::add).learn(command, options);
    }

    private void learn(String command) throws InterruptedException {
        learn(run(command), DEFAULTS);
    }

    private List<CheckResult> runChecks() {
        List<Check> checks = Checks.read(Optional.empty(), Optional.of(file.path()), new Settings(directory, false));
        return new CheckRunner(new StepSession(connection.function()), Checks.options("checks", 1, false), List.of())
                .run(checks)
                .results();
    }

    @Test
    void theChecksOfASessionPassUnchanged() throws Exception {
        learn("uname -s");
        learn("cat /no/such/file");
        run("cd /tmp; export STAGE=test; plain='a b'; unset LANG");
        learn("pwd; echo \"$STAGE ${plain} ${LANG-unset}\"");
        learn("date; echo pid $$; echo $RANDOM; echo $AWS_LAMBDA_FUNCTION_NAME $AWS_LAMBDA_LOG_STREAM_NAME");
        learn("env | grep ^AWS_LAMBDA");
        assertThatThrownBy(() -> learn("env")).hasMessageContaining("contains a secret");
        learn("nosuchcommand");
        learn(run("date +%s%N; id -u; seq 30"), new Options(Optional.of("golden"), true, true, true, true));

        assertThat(runChecks()).hasSize(7).allSatisfy(result -> assertThat(result.status())
                .as(result.check().name() + result.violations())
                .isEqualTo(Status.PASSED));
        assertThat(file.path()).content().contains("""
                  - name: pwd; echo "$STAGE ${plain} ${LANG-unset}"
                    run: pwd; echo "$STAGE ${plain} ${LANG-unset}"
                    workingDirectory: /tmp
                    environmentVariables:
                      LANG: null
                      STAGE: test
                      plain: a b
                    stdout: |-
                      /tmp
                      test a b unset
                """);
        assertThat(directory.resolve("expected/golden.txt"))
                .content()
                .startsWith("[..]")
                .contains("\n29\n30\n");
        assertThat(printed)
                .anyMatch(line -> line.startsWith("changes from run to run: time '"))
                .anyMatch(line -> line.contains("<commandsFile>commands.yaml</commandsFile>"));
    }

    @Test
    void aCommandThatNeedsWhatEarlierOnesLeftIsRefused() throws Exception {
        run("echo 1 > /tmp/left");
        Recent reads = run("cat /tmp/left");

        assertThatThrownBy(() -> learn(reads, DEFAULTS))
                .hasMessageStartingWith("In a new sandbox the command ended with exit code 1, but here with 0: cat: ");
        assertThat(file.path()).doesNotExist();

        learn(reads, new Options(Optional.empty(), false, true, false, true));
        assertThat(file.names()).containsExactly("cat /tmp/left");
        run("rm /tmp/left");
    }

    @Test
    void aSecretIsNotWritten() throws Exception {
        run("export ORDERS_LICENCE=abcd-efgh API_TOKEN=0123456789");
        Recent shows = run("echo licence $ORDERS_LICENCE");

        assertThatThrownBy(() -> learn(shows, DEFAULTS)).hasMessageContaining("contains a secret");
        assertThatThrownBy(() -> learn("echo $API_TOKEN | rev | rev")).hasMessageContaining("contains a secret");
        assertThatThrownBy(() -> learn("id")).hasMessageStartingWith("The session's variable ");
        assertThatThrownBy(() -> learn("unset ORDERS_LICENCE API_TOKEN; printf 'AWS_SESSION_%s\\n' TOKEN=x1y2z3"))
                .hasMessageContaining("contains a secret");
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void theCheckCanBeShownOnly() throws Exception {
        learn(run("uname -s"), new Options(Optional.of("kernel"), false, true, true, false));

        assertThat(printed).containsExactly("- name: kernel", "  run: uname -s", "  stdout: Linux");
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void aFileThatCannotBeReadIsLeftAsItIs() throws IOException, InterruptedException {
        Files.writeString(file.path(), "<<<<<<< ours\n- id\n");
        Recent command = run("id -u");

        assertThatThrownBy(() -> learn(command, DEFAULTS)).hasMessageContaining("The file is unchanged");
        assertThat(file.path()).hasContent("<<<<<<< ours\n- id\n");
        assertThat(printed).contains("  run: id -u");
    }
}
