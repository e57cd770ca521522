package io.github.lambdashell.report;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.HandlerSteps;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepsResult;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** A run of commands and events with every status, and with output that no report should take at its word. */
public final class Hostile {
    /** What a page or a file must show as text and not obey. */
    public static final String MARKUP =
            "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

    private static final String CHECKS = """
            - name: passes
              run: echo fine
              tags: [quick]
            - name: fails in <three> & "ways" ]]>
              run: |
                cat; printf '\\033[31mred\\033[0m \\000\\001\\177 ]]> end\\n'; echo 'secret s3cr3t-value' >&2; exit 3
              stdin: "%s"
              stdout: {contains: absent}
              stderr: {matches: ^oops}
            - name: is not text
              run: head -c 2000 /dev/urandom; printf '\\355\\240\\200 \\377 \\357\\277\\276'; exit 1
            - name: writes a lot
              run: seq 100000; exit 1
            - name: says nothing
              run: exit 1
            - name: rests
              run: "true"
              skip: true
            """.formatted(MARKUP.replace("\"", "\\\""));

    private static final String EVENTS = """
            - name: breaks
              run: broken
            - name: answers often
              handler: com.example.App::handleRequest
              event: {order: 1}
              invocations: 2000
              warmup: 10
            - name: throws
              handler: com.example.App::handleRequest
              event: {order: "<i>"}
            """;

    private static final HandlerSteps ANSWERED = new HandlerSteps()
            .response("{\"statusCode\": 200}")
            .log("started\n")
            .took(Duration.ofMillis(11_240))
            .restored(Duration.ofMillis(95))
            .durationsMillis(IntStream.rangeClosed(1, 2000)
                    .mapToLong(i -> i == 2000 ? 250 : 1 + i % 10)
                    .toArray())
            .growth(new HandlerResult.Growth(2, 0, -5000, OptionalLong.of(3 << 20)));

    private static final HandlerSteps FAILED = new HandlerSteps()
            .log(MARKUP + Checks.SECRET + "\n\tat com.example.App\n")
            .warm()
            .took(Duration.ofMillis(15))
            .maxMemory(0)
            .errors(new HandlerResult.Error(
                    1,
                    "com.example.OrderException",
                    "no <order> " + Checks.SECRET + "\u001b[1m",
                    List.of(
                            "java.base/java.util.Optional.orElseThrow(Optional.java:403)",
                            "com.example.Orders.find(Orders.java:12)",
                            "java.base/java.util.ArrayList.forEach(ArrayList.java:1596)",
                            "com.example.App.<init>(App.java:7)",
                            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda.main(AWSLambda.java:202)")));

    private Hostile() {}

    /** Runs it: two pass, five fail, one can't be checked, one is skipped. */
    public static CheckReport report() {
        return new CheckRunner(new Function(new LocalShell()), Checks.options("hostile <suite>", 1, false), List.of())
                .run(Checks.read(CHECKS + EVENTS));
    }

    private record Function(LocalShell shell) implements StepRunner {
        @Override
        public StepsResult run(List<Step> steps) throws InterruptedException {
            if (steps.get(0).command().equals("broken")) {
                throw new ShellException("The function <broke> with s3cr3t-value", "Look at its log");
            }
            if (steps.get(0).event().isPresent()) {
                boolean isOften = steps.get(0).event().get().invocations() > 1;
                return (isOften ? ANSWERED : FAILED).run(steps);
            }
            return shell.run(steps);
        }

        @Override
        public StepRunner with(ProjectHandler handler) {
            return this;
        }
    }
}
