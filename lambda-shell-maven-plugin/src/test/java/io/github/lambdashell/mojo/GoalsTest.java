package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.Matrix;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.StackConfig.FileSystem;
import io.github.lambdashell.config.StackConfig.JsonLog;
import io.github.lambdashell.report.RunFailure;
import io.github.lambdashell.target.ExistingFunction;
import io.github.lambdashell.target.Target;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;

/** The way from the POM to a goal's request. */
@MojoTest
class GoalsTest {
    private static final String POM = "src/test/resources/goals/pom.xml";

    private static final FunctionSettings ORDERS = new FunctionSettings(
            "java17",
            null,
            null,
            null,
            null,
            Map.of(),
            List.of("arn:aws:lambda:eu-central-1:123456789012:layer:tools:7"),
            List.of("subnet-1"),
            List.of("sg-1"),
            new FileSystem("arn:aws:elasticfilesystem:access-point", "/mnt/orders"));

    /** A target whose only function is the one to copy. */
    private static final Target ORDERS_PROD = (Target) Proxy.newProxyInstance(
            GoalsTest.class.getClassLoader(),
            new Class<?>[] {Target.class},
            (proxy, method, arguments) ->
                    new ExistingFunction("arn", false, ORDERS, false, Optional.empty(), Optional.empty(), List.of()));

    /** A target whose only function has SnapStart, logs JSON and is found by its alias. */
    private static final Target ORDERS_LIVE = (Target) Proxy.newProxyInstance(
            GoalsTest.class.getClassLoader(),
            new Class<?>[] {Target.class},
            (proxy, method, arguments) -> new ExistingFunction(
                    "arn",
                    false,
                    FunctionSettings.NONE.withRuntime("java21"),
                    true,
                    Optional.of("live"),
                    Optional.of(new JsonLog("DEBUG", "WARN")),
                    List.of()));

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "target", value = "aws")
    @MojoParameter(name = "like", value = "orders:live")
    void snapStartTheAliasAndTheLogFormatOfTheFunctionToCopyAreTakenOver(DeployMojo deploy) {
        StackConfig config = deploy.stackPlan(new Problems()).config(ORDERS_LIVE);

        assertThat(config.publish()).isTrue();
        assertThat(config.snapStart()).isTrue();
        assertThat(config.qualifier()).isEqualTo("live");
        assertThat(config.jsonLog()).isEqualTo(new JsonLog("DEBUG", "WARN"));
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "like", value = "orders:live")
    @MojoParameter(name = "publish", value = "false")
    void snapStartIsNotTakenOverIfPublishIsFalse(DeployMojo deploy) {
        StackConfig config = deploy.stackPlan(new Problems()).config(ORDERS_LIVE);

        assertThat(config.publish()).isFalse();
        assertThat(config.qualifier()).isNull();
    }

    /** The harness has a project of its own, called empty-project. */
    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    void deployNamesTheStackAfterTheProject(DeployMojo deploy) {
        assertThat(deploy.stackPlan(new Problems()).config(null).stackName()).isEqualTo("lshell-empty-project");
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "timeout", value = "2m")
    @MojoParameter(name = "memorySize", value = "1024")
    @MojoParameter(name = "runtime", value = "java17")
    void deployConfiguresItsFunctionByTheParameters(DeployMojo deploy) {
        var function = deploy.stackPlan(new Problems()).config(null).function();

        assertThat(function.timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(function.memorySize()).isEqualTo(1024);
        assertThat(function.runtime()).isEqualTo("java17");
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "timeout", value = "soon")
    @MojoParameter(name = "memorySize", value = "1")
    @MojoParameter(name = "stackName", value = "9")
    @MojoParameter(name = "target", value = "moon")
    void allMistakesAreReportedAtOnce(DeployMojo deploy) {
        assertThatThrownBy(deploy::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("timeout (lshell.timeout) is not a duration: 'soon'")
                .hasMessageContaining("memorySize (lshell.memorySize) must be 128 to 10240 MB, but is 1 MB")
                .hasMessageContaining("hyphens, but is '9'")
                .hasMessageContaining("target (lshell.target) must be 'local' or 'aws', but is 'moon'")
                .hasMessageContaining("Nothing was deployed");
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "target", value = "aws")
    @MojoParameter(name = "snapStart", value = "true")
    @MojoParameter(name = "handler", value = "com.example.App::handleRequest")
    void theHandlerOfASnapshotIsNamedToTheFunction(DeployMojo deploy) {
        var config = deploy.stackPlan(new Problems()).config(null);

        assertThat(config.publish()).isTrue();
        assertThat(config.function().environmentVariables())
                .containsOnly(Map.entry("LSHELL_HANDLER", "com.example.App::handleRequest"));
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "snapStart", value = "true")
    @MojoParameter(name = "handler", value = "com.example.App::handleRequest")
    @MojoParameter(name = "qualifier", value = "")
    void locallyNothingIsPublished(DeployMojo deploy) {
        var config = deploy.stackPlan(new Problems()).config(null);

        assertThat(config.function().environmentVariables()).isEmpty();
        assertThat(config.qualifier()).isNull();
    }

    @Test
    @InjectMojo(goal = "logs", pom = POM)
    @MojoParameter(name = "since", value = "yesterday")
    @MojoParameter(name = "stackName", value = "9")
    void mistakesOfLogsAreReportedAtOnce(LogsMojo logs) {
        assertThatThrownBy(logs::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("since (lshell.since) is not a duration: 'yesterday'; use a form such as 30m")
                .hasMessageContaining("hyphens, but is '9'");
    }

    /** The POM configures 512 MB itself. */
    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "samTemplate", value = "src/test/resources/goals/template.yaml")
    @MojoParameter(name = "samFunction", value = "OrderFunction")
    void aTemplateCompletesWhatTheBuildConfigures(DeployMojo deploy) {
        var function = deploy.stackPlan(new Problems()).config(null).function();

        assertThat(function.memorySize()).isEqualTo(512);
        assertThat(function.environmentVariables()).containsOnly(Map.entry("STAGE", "dev"));
        assertThat(function.layers()).containsExactly("arn:aws:lambda:us-east-1:000000000000:layer:Tools:1");
        assertThat(deploy.localLayers(new Problems()))
                .containsOnly(Map.entry(
                        "Tools", Path.of("src/test/resources/goals/tools").toAbsolutePath()));
    }

    /** Maven passes a list that is not configured as an empty one. */
    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "like", value = "orders-prod")
    void listsThatAreNotConfiguredAreCopied(DeployMojo deploy) {
        var function = deploy.stackPlan(new Problems()).config(ORDERS_PROD).function();

        assertThat(function.layers()).isEqualTo(ORDERS.layers());
        assertThat(function.subnetIds()).isEqualTo(ORDERS.subnetIds());
        assertThat(function.securityGroupIds()).isEqualTo(ORDERS.securityGroupIds());
        assertThat(function.fileSystem()).isEqualTo(ORDERS.fileSystem());
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "like", value = "orders-prod")
    void variantsReplaceWhatTheBuildConfiguresAndKeepWhatIsCopied(DeployMojo deploy) {
        List<FunctionSettings> variants = new Matrix(
                        List.of("java17", "provided.al2023"), List.of(), List.of(1024), false)
                .combinations().stream().map(Matrix.Combination::settings).toList();

        assertThat(deploy.stackPlan(new Problems()).configs(ORDERS_PROD, variants))
                .extracting(StackConfig::function)
                .allSatisfy(function -> assertThat(function.layers()).isEqualTo(ORDERS.layers()))
                .allSatisfy(function -> assertThat(function.memorySize()).isEqualTo(1024))
                .extracting(FunctionSettings::runtime)
                .containsExactly("java17", "provided.al2023");
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "like", value = "orders-prod")
    @MojoParameter(name = "samTemplate", value = "src/test/resources/goals/template.yaml")
    @MojoParameter(name = "samFunction", value = "OrderFunction")
    void aTemplateHasPrecedenceOverACopiedFunction(DeployMojo deploy) {
        var function = deploy.stackPlan(new Problems()).config(ORDERS_PROD).function();

        assertThat(function.layers()).containsExactly("arn:aws:lambda:us-east-1:000000000000:layer:Tools:1");
        assertThat(function.subnetIds()).containsExactly("subnet-1");
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "samTemplate", value = "src/test/resources/goals/template.yaml")
    @MojoParameter(name = "samFunction", value = "OrderFunktion")
    @MojoParameter(name = "expiresAfter", value = "soon")
    void mistakesOfTheTemplateAreReportedWithTheOthers(DeployMojo deploy) {
        assertThatThrownBy(deploy::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("2 problems")
                .hasMessageContaining("template.yaml has no function 'OrderFunktion'; did you mean 'OrderFunction'?")
                .hasMessageContaining("expiresAfter (lshell.expiresAfter) is not a duration: 'soon'");
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "selfDestruct", value = "true")
    @MojoParameter(name = "expiresAfter", value = "1m")
    void aStackOfThisMachineDoesNotDeleteItself(DeployMojo deploy) {
        assertThatThrownBy(deploy::execute)
                .hasMessageContaining("selfDestruct (lshell.selfDestruct) requires -Dlshell.target=aws")
                .hasMessageContaining("selfDestruct (lshell.selfDestruct) requires an expiry; set expiresAfter");
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "memorySize", value = "1GB")
    @MojoParameter(name = "ephemeralStorage", value = "1024 MB")
    void sizesMayHaveAUnit(DeployMojo deploy) {
        var function = deploy.stackPlan(new Problems()).config(null).function();

        assertThat(function.memorySize()).isEqualTo(1024);
        assertThat(function.ephemeralStorage()).isEqualTo(1024);
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "memorySize", value = "1TB")
    @MojoParameter(name = "ephemeralStorage", value = "600.5")
    @MojoParameter(name = "expiresAfter", value = "8 hours")
    void aMistakeInAQuantityShowsFormsOfASuitableSize(DeployMojo deploy) {
        assertThatThrownBy(deploy::execute)
                .hasMessageContaining(
                        "memorySize (lshell.memorySize) is not a size in full megabytes: '1TB'; use a form"
                                + " such as 512, 512MB or 1GB")
                .hasMessageContaining(
                        "ephemeralStorage (lshell.ephemeralStorage) is not a size in full megabytes: '600.5'")
                .hasMessageContaining("expiresAfter (lshell.expiresAfter) is not a duration: '8 hours'; use a form such"
                        + " as 30m, 8h or 7d");
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "timeout", value = "90")
    @MojoParameter(name = "memorySize", value = "0.5 gb")
    @MojoParameter(name = "expiresAfter", value = "3600")
    void aPlainNumberIsInSecondsAndAUnitMayFollowABlank(DeployMojo deploy) {
        var config = deploy.stackPlan(new Problems()).config(null);

        assertThat(config.function().timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.function().memorySize()).isEqualTo(512);
        assertThat(config.expiresAfter()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "timeout", value = "90sec")
    @MojoParameter(name = "memorySize", value = "512MiB")
    @MojoParameter(name = "ephemeralStorage", value = "1,5 GB")
    @MojoParameter(name = "expiresAfter", value = "8 hours")
    void aQuantityOfAnotherFormIsReportedWithTheNearestOne(DeployMojo deploy) {
        assertThatThrownBy(deploy::execute)
                .hasMessageContaining("4 problems")
                .hasMessageContaining(
                        "timeout (lshell.timeout) is not a duration: '90sec'; use a form such as 500ms, 3s"
                                + " or 2m; did you mean '90s'?")
                .hasMessageContaining("'512MiB'; use a form such as 512, 512MB or 1GB; did you mean '512MB'?")
                .hasMessageContaining("'1,5 GB'; use a form such as 512, 512MB or 1GB; did you mean '1.5GB'?")
                .hasMessageContaining("'8 hours'; use a form such as 30m, 8h or 7d; did you mean '8h'?");
    }

    @Test
    @InjectMojo(goal = "diff", pom = POM)
    @MojoParameter(name = "diff", value = "java21,src/test/resources,src/test")
    @MojoParameter(name = "isolation", value = "some")
    void aMistakeOfAllEnvironmentsIsReportedOnce(DiffMojo diff) {
        assertThatThrownBy(diff::execute)
                .hasMessageContaining("3 problems")
                .hasMessageContaining("isolation (lshell.local.isolation) must be 'auto', 'full' or 'none'")
                .hasMessageContaining("resources' has no /bin/sh; unpack an image there");
    }

    @Test
    @InjectMojo(goal = "teardown", pom = POM)
    @MojoParameter(name = "target", value = "moon")
    void anUnknownTargetIsRefused(TeardownMojo teardown) {
        assertThatThrownBy(teardown::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("target (lshell.target) must be 'local' or 'aws', but is 'moon'");
    }

    @Test
    @InjectMojo(goal = "exec", pom = POM)
    void execWithoutACommandExplainsHowToSpecifyOne(ExecMojo exec) {
        assertThatThrownBy(exec::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("lshell.command");
    }

    @Test
    @InjectMojo(goal = "exec", pom = POM)
    @MojoParameter(name = "command", value = "echo \uFFFD\uFFFD")
    void aCommandThatTheLocaleDamagedIsRefused(ExecMojo exec) {
        assertThatThrownBy(exec::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("locale can't decode")
                .hasMessageContaining("LC_ALL=C.UTF-8");
    }

    @Test
    @InjectMojo(goal = "exec", pom = POM)
    @MojoParameter(name = "command", value = "ls")
    @MojoParameter(name = "handler", value = "src/App.java")
    void aNameThatIsNoHandlersIsRefused(ExecMojo exec) {
        assertThatThrownBy(exec::execute)
                .hasMessageContaining("handler (lshell.handler) must be a handler such as com.example.Handler or"
                        + " com.example.Handler::handleRequest, but is 'src/App.java'");
    }

    @Test
    @InjectMojo(goal = "interactive", pom = POM)
    @MojoParameter(name = "snapStart", value = "true")
    void snapStartWithoutAHandlerIsRefused(InteractiveMojo interactive) {
        assertThatThrownBy(interactive::execute)
                .hasMessageContaining(
                        "snapStart (lshell.snapStart) requires handler (lshell.handler) with target=local");
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "target", value = "aws")
    @MojoParameter(name = "runtime", value = "nodejs24.x")
    @MojoParameter(name = "ephemeralStorage", value = "1024")
    @MojoParameter(name = "publish", value = "false")
    @MojoParameter(name = "snapStart", value = "true")
    @MojoParameter(name = "qualifier", value = "li.ve")
    void allThatExcludesSnapStartIsReportedAtOnce(DeployMojo deploy) {
        assertThatThrownBy(deploy::execute)
                .hasMessageContaining(
                        "requires a runtime from java11, python3.12 or dotnet8 on, but runtime is" + " 'nodejs24.x'")
                .hasMessageContaining("requires an ephemeralStorage of 512 MB, but it is 1024 MB")
                .hasMessageContaining("publish (lshell.publish) must not be 'false' with snapStart")
                .hasMessageContaining("qualifier (lshell.qualifier) must be a version or an alias")
                .hasMessageContaining("Nothing was deployed");
    }

    @Test
    @InjectMojo(goal = "interactive", pom = POM)
    @MojoParameter(name = "target", value = "aws")
    @MojoParameter(name = "snapStart", value = "true")
    void onAwsTheShellItselfHasASnapshot(InteractiveMojo interactive) {
        Problems problems = new Problems();

        assertThat(interactive.projectHandler(problems)).isEmpty();
        problems.throwIfAny();
    }

    @Test
    @InjectMojo(goal = "exec", pom = POM)
    @MojoParameter(name = "event", value = "events/none.json")
    @MojoParameter(name = "command", value = "ls")
    void anEventExcludesACommand(ExecMojo exec) {
        assertThatThrownBy(exec::execute)
                .hasMessageContaining("command (lshell.command) and event (lshell.event) are mutually exclusive");
    }

    @Test
    @InjectMojo(goal = "exec", pom = POM)
    @MojoParameter(name = "commandFile", value = "scripts/none.sh")
    @MojoParameter(name = "command", value = "ls")
    @MojoParameter(name = "event", value = "[]")
    void aCommandAScriptAndAnEventExcludeOneAnother(ExecMojo exec) {
        assertThatThrownBy(exec::execute)
                .hasMessageContaining("command (lshell.command) and commandFile (lshell.commandFile) and event"
                        + " (lshell.event) are mutually exclusive");
    }

    @Test
    @InjectMojo(goal = "exec", pom = POM)
    @MojoParameter(name = "commandFile", value = "scripts/none.sh")
    @MojoParameter(name = "timeout", value = "soon")
    void aMissingScriptIsReportedWithTheOtherMistakes(ExecMojo exec) {
        assertThatThrownBy(exec::execute)
                .hasMessageContaining("2 problems")
                .hasMessageContaining("commandFile (lshell.commandFile) is not found: ");
    }

    @Test
    @InjectMojo(goal = "deploy", pom = POM)
    @MojoParameter(name = "dryRun", value = "true")
    @MojoParameter(name = "stackName", value = "lshell-dry-run")
    void aDryRunDeploysNothing(DeployMojo deploy) throws Exception {
        deploy.execute();

        assertThat(Path.of("target/lshell-home/stacks/lshell-dry-run")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "exec", pom = POM)
    @MojoParameter(name = "event", value = "events/none.json")
    void anEventNeedsAHandlerAndItsFile(ExecMojo exec) {
        assertThatThrownBy(exec::execute)
                .hasMessageContaining("event (lshell.event) requires handler (lshell.handler)")
                .hasMessageContaining("event (lshell.event) is not found: ");
    }

    @Test
    @InjectMojo(goal = "exec", pom = POM)
    @MojoParameter(name = "matrixRuntimes", value = "java17,jav21")
    @MojoParameter(name = "commandsFile", value = "src/test/resources/goals/commands.yaml")
    @MojoParameter(name = "keep", value = "true")
    @MojoParameter(name = "rootfs", value = "/")
    void mistakesOfAMatrixAreReportedBeforeADeployment(ExecMojo exec) {
        assertThatThrownBy(exec::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("3 problems")
                .hasMessageContaining(
                        "matrix: runtimes (lshell.matrix.runtimes): 'jav21' is not a Lambda runtime; did you"
                                + " mean 'java21'?")
                .hasMessageContaining("keep (lshell.keep) and matrix are mutually exclusive")
                .hasMessageContaining("several runtimes and rootfs (lshell.local.rootfs) are mutually exclusive")
                .hasMessageContaining("Nothing was deployed");
    }

    @Test
    @InjectMojo(goal = "exec", pom = POM)
    @MojoParameter(name = "matrixMemorySizes", value = "512,1024")
    @MojoParameter(name = "commandsFile", value = "src/test/resources/goals/commands.yaml")
    @MojoParameter(name = "target", value = "aws")
    @MojoParameter(name = "qualifier", value = "live")
    void aMatrixHasNoVersionOfADeployedFunction(ExecMojo exec) {
        assertThatThrownBy(exec::execute)
                .hasMessageContaining("qualifier (lshell.qualifier) and matrix are mutually exclusive");
    }

    @Test
    void aSecondCommandIsFoundOnMavensCommandLine() {
        String maven = "org.codehaus.plexus.classworlds.launcher.Launcher lshell:exec ";

        assertThat(ExecMojo.hasSecondCommand("echo b", maven + "-Dlshell.command=echo a -Dlshell.command=echo b"))
                .isTrue();
        assertThat(ExecMojo.hasSecondCommand("echo b", maven + "-Dlshell.command=echo b"))
                .isFalse();
        assertThat(ExecMojo.hasSecondCommand(
                        "echo -Dlshell.command=x", maven + "-Dlshell.command=echo -Dlshell.command=x"))
                .isFalse();
    }

    @Test
    @InjectMojo(goal = "interactive", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "target", value = "moon")
    void skipDoesNothingAtAll(InteractiveMojo interactive) {
        assertThatCode(interactive::execute).doesNotThrowAnyException();
    }

    @Test
    void aFailureIsFollowedByWhatTheTeardownLeft() {
        ShellException left = new ShellException("The stack demo is left", "Run lshell:teardown");
        RunFailure failure = catchThrowableOfType(
                RunFailure.class, () -> RunFailure.throwIfAny(Optional.of("The command ended with exit code 3")));
        failure.addSuppressed(left);

        assertThat(AbstractShellMojo.message(failure))
                .isEqualTo("The command ended with exit code 3\nThe stack demo is left. Run lshell:teardown.");
    }
}
