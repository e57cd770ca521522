package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StepsContractTest extends ContractTest {
    @Clause("F2")
    @Test
    void eachStepReportsItsEndAfterItsOutput() {
        Answer answer = function.invoke(Function.steps(
                Function.step("one", "echo 1; echo e1 >&2"),
                Function.step("two", "echo 2; exit 5"),
                Function.step("three \"é\"", "echo 3; exit 6")));

        assertThat(answer.steps).extracting(Answer.Step::name).containsExactly("one", "two", "three \"é\"");
        assertThat(answer.steps).extracting(Answer.Step::stdout).containsExactly("1\n", "2\n", "3\n");
        assertThat(answer.steps).extracting(Answer.Step::stderr).containsExactly("e1\n", "", "");
        assertThat(answer.steps)
                .extracting(step -> step.members().get("exitCode").asInt())
                .containsExactly(0, 5, 6);
        assertThat(answer.steps).allSatisfy(step -> {
            assertThat(step.members().get("timedOut").asBoolean()).isFalse();
            assertThat(step.members().get("durationMillis").isIntegralNumber()).isTrue();
        });
        assertThat(answer.exitCode()).isEqualTo(6);
    }

    @Clause("F2")
    @Test
    void aCommandHasNoSteps() {
        assertThat(function.run("true").steps).isEmpty();
    }

    @Clause("R10")
    @Test
    void eachStepIsAFreshShell() {
        Answer answer = function.invoke(Function.steps(
                Function.step("one", "x=1; export Y=2; cd /; set -e; umask 077; alias a=b"),
                Function.step("two", "echo ${x-no} ${Y-no} $PWD; false; umask; alias")));

        assertThat(answer.steps.get(1).stdout()).startsWith("no no /").endsWith("0022\n");
    }

    @Clause("R10")
    @Test
    void aStepHasItsOwnOverTheRequests() {
        ObjectNode own = Function.step("own", "cat; echo $A $B $C; pwd")
                .put("stdin", Function.base64("own ".getBytes(StandardCharsets.UTF_8)))
                .put("workingDirectory", "/usr");
        own.putObject("environment").put("A", "own").put("C", "own").putNull("B");
        ObjectNode request = Function.steps(own, Function.step("requests", "cat; echo $A $B $C; pwd"));
        request.put("stdin", Function.base64("requests ".getBytes(StandardCharsets.UTF_8)))
                .put("workingDirectory", "/")
                .putObject("environment")
                .put("A", "a")
                .put("B", "b");

        Answer answer = function.invoke(request);

        assertThat(answer.steps.get(0).stdout()).isEqualTo("own own own\n/usr\n");
        assertThat(answer.steps.get(1).stdout()).isEqualTo("requests a b\n/\n");
    }

    @Clause({"R11", "F2"})
    @Test
    void afterAFailureOnlyThoseAreSkippedThatSaySo() {
        Answer answer = function.invoke(Function.steps(
                Function.step("not yet", "echo 0").put("skipAfterFailure", true),
                Function.step("fails", "exit 1"),
                Function.step("skipped", "echo 1").put("skipAfterFailure", true),
                Function.step("runs", "echo 2"),
                Function.step("skipped too", "echo 3").put("skipAfterFailure", true)));

        assertThat(answer.steps).extracting(Answer.Step::isSkipped).containsExactly(false, false, true, false, true);
        assertThat(answer.out()).isEqualTo("0\n2\n");
        assertThat(answer.steps.get(2).members().has("exitCode")).isFalse();
        assertThat(answer.exitCode()).isZero();
    }

    @Clause({"R11", "R6"})
    @Test
    void aTimeoutCountsAsFailureAndEndsOneStepOnly() {
        Answer answer = function.invoke(Function.steps(
                Function.step("slow", "echo begun; trap 'exit 0' TERM; sleep 60 & wait")
                        .put("timeoutMillis", 500),
                Function.step("skipped", "echo 1").put("skipAfterFailure", true),
                Function.step("runs", "echo 2")));

        assertThat(answer.steps.get(0).members().get("timedOut").asBoolean()).isTrue();
        assertThat(answer.steps.get(0).stdout()).isEqualTo("begun\n");
        assertThat(answer.steps.get(1).isSkipped()).isTrue();
        assertThat(answer.steps.get(2).stdout()).isEqualTo("2\n");
        assertThat(answer.timedOut()).isTrue();
        assertThat(answer.exitCode()).isZero();
    }

    @Clause({"F2", "R11", "T3"})
    @Test
    void aStepThatCanNotStartHasAnErrorAndTheOthersRun() {
        Answer answer = function.invoke(Function.steps(
                Function.step("runs", "exit 3"),
                Function.step("can't", "true").put("workingDirectory", "/no/such/directory"),
                Function.step("skipped", "echo 1").put("skipAfterFailure", true),
                Function.step("runs on", "echo 2; exit 4")));

        JsonNode failed = answer.steps.get(1).members();
        assertThat(failed.path("error").path("type").asText()).isEqualTo("CannotStart");
        assertThat(failed.path("error").path("message").asText()).contains("/no/such/directory");
        assertThat(failed.has("exitCode") || failed.has("timedOut") || failed.has("durationMillis"))
                .isFalse();
        assertThat(answer.steps).extracting(Answer.Step::isSkipped).containsExactly(false, false, true, false);
        assertThat(answer.out()).isEqualTo("2\n");
        assertThat(answer.exitCode()).isEqualTo(4);
        assertThat(answer.errorType()).isEqualTo("CannotStart");
    }

    @Clause("R12")
    @Test
    void theRequestsTimeoutHoldsForAllSteps() {
        ObjectNode request = Function.steps(Function.step("first", "sleep 60"), Function.step("never", "echo never"));
        request.put("timeoutMillis", 700);

        Answer answer = function.invoke(request);

        assertThat(answer.steps.get(0).members().get("timedOut").asBoolean()).isTrue();
        assertThat(answer.steps.get(1).isSkipped()).isTrue();
        assertThat(answer.timedOut()).isTrue();
    }

    @Clause("X2")
    @Test
    void whatAStepLeavesRunningLivesOnInTheNext() {
        Answer answer = function.invoke(Function.steps(
                Function.step("server", "sleep 60 >/dev/null 2>&1 & echo $! >\"${TMPDIR-/tmp}/pid\""),
                Function.step("slow", "sleep 60").put("timeoutMillis", 300),
                Function.step("looks", "kill \"$(<\"${TMPDIR-/tmp}/pid\")\" && echo was there")));

        assertThat(answer.steps.get(2).stdout()).isEqualTo("was there\n");
    }

    @Clause("R10")
    @Test
    void aHundredStepsFitInARequest() {
        int count = 100;
        ObjectNode[] steps = new ObjectNode[count];
        for (int i = 0; i < count; i++) {
            steps[i] = Function.step("step " + i, "echo " + i);
        }

        Answer answer = function.invoke(Function.steps(steps));

        assertThat(answer.steps).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(answer.steps.get(i).stdout()).isEqualTo(i + "\n");
        }
    }

    @Clause("H1")
    @Test
    void onlyTheJavaImplementationRunsAHandler() {
        ObjectNode request = Function.steps(Function.step("one", "echo 1"));
        request.putObject("handler").put("name", "com.example.App");

        Answer answer = function.invoke(request);

        if (implementation == Implementation.JAVA) {
            assertThat(answer.out()).isEqualTo("1\n");
        } else {
            assertThat(answer.errorType()).isEqualTo("BadRequest");
        }
    }
}
