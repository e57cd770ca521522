package io.github.lambdashell.stack;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.FakeAws;
import io.github.lambdashell.fake.JavaCommand;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.aws.AwsTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A build in a process of its own, which can be killed as Maven can: what the goals do with stack {@value #STACK}. */
final class BuildProcess {
    static final String STACK = "demo";

    private BuildProcess() {}

    /** What a build does. */
    enum Goal {
        DEPLOY,
        /** Without a deployed stack, so with one of its own. */
        EXEC,
        /** The same, and then Maven goes on with something else until it is ended. */
        EXEC_AND_MORE,
        TEARDOWN
    }

    /** Starts one that works with an account. */
    static Process start(Goal goal, Account account) throws IOException {
        // The account's stand-in for a user's environment.
        List<String> options = Account.USERS_PROPERTIES.stream()
                .map(property -> "-D" + property + "=" + System.getProperty(property))
                .toList();
        return new ProcessBuilder(JavaCommand.of(
                        options,
                        BuildProcess.class,
                        goal.name(),
                        account.endpoint().uri().toString(),
                        account.home().toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) throws InterruptedException {
        TargetConfig config = new TargetConfig(Kind.AWS, FakeAws.REGION, null, URI.create(args[1]), Path.of(args[2]));
        Goal goal = Goal.valueOf(args[0]);
        Path home = Path.of(args[2]);
        StackConfig stack = Account.config(STACK);
        try (Target target = new AwsTarget(config)) {
            switch (goal) {
                case DEPLOY -> new StackDeployment(target, home, new Silence()).deploy(stack);
                case TEARDOWN -> new StackDeployment(target, home, new Silence()).remove(STACK);
                default -> exec(target, stack, home);
            }
        }
        if (goal == Goal.EXEC_AND_MORE) {
            Thread.sleep(600_000);
        }
    }

    private static void exec(Target target, StackConfig stack, Path home) throws InterruptedException {
        StackLease.Request request = new StackLease.Request(stack, FunctionSettings.NONE, false, home);
        try (StackLease lease = StackLease.take(target, request, new Silence())) {
            Connection.to(lease.stack(), target, home).function().invoke(ShellRequest.command("true"), new Silence());
        }
    }
}
