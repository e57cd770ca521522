package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Samples.Fact;
import io.github.lambdashell.check.Samples.Sample;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.emulator.AwsEmulator;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

@EnabledOnOs(OS.LINUX)
@Timeout(120)
class SamplesOnEachTargetTest {
    @RegisterExtension
    private final Account account = new Account();

    /** The first check leaves a warm sandbox, which is one of the second check's. */
    private List<Sample> assertSpread(Target target) throws InterruptedException {
        StackLease.Request request = new StackLease.Request(
                Account.config("demo", FunctionSettings.NONE.complete("provided.al2023")),
                FunctionSettings.NONE,
                false,
                account.home());
        try (StackLease lease = StackLease.take(target, request, new Silence())) {
            Connection connection = Connection.to(lease.stack(), target, account.home());
            List<CheckResult> results = new CheckRunner(
                            new StepSession(connection.function()), Checks.options("checks", 1, false), List.of())
                    .run(Checks.read("""
                            - {name: before, run: 'true'}
                            - {name: sampled, run: echo $PPID, samples: 6, spread: {kernels: 1, cpuModels: {le: 1}}}
                            """))
                    .results();

            assertThat(results).extracting(CheckResult::problem).containsExactly("", "");
            assertThat(results).extracting(CheckResult::status).containsOnly(Status.PASSED);
            List<Sample> samples = results.get(1).run().orElseThrow().samples();
            assertThat(samples)
                    .extracting(Sample::sandbox)
                    .doesNotHaveDuplicates()
                    .hasSize(6);
            assertThat(samples).allMatch(sample -> sample.facts().containsKey(Fact.KERNEL));
            return samples;
        }
    }

    @Test
    void onThisMachine() throws Exception {
        try (Target target = Targets.open(account.localTarget())) {
            assertSpread(target);
        }
    }

    @Test
    void byTheAwsPath() throws Exception {
        AwsEmulator endpoint = AwsEmulator.start(account.home().resolve("emulator"));
        account.set("aws.accessKeyId", endpoint.accessKeyId());
        account.set("aws.secretAccessKey", endpoint.secretAccessKey());
        try (endpoint;
                Target target =
                        Targets.open(new TargetConfig(Kind.AWS, "us-east-1", null, endpoint.uri(), account.home()))) {
            // That of the warm sandbox is in the log of an earlier invocation.
            assertThat(assertSpread(target).stream()
                            .filter(sample -> sample.facts().containsKey(Fact.RUNTIME_VERSION)))
                    .hasSize(5);
        }
    }
}
