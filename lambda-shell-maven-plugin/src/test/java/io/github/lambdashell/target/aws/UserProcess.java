package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.JavaCommand;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.protocol.ShellFunction;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.Target;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A user's process with an environment of its own, which no process can change for itself: it deploys and invokes. */
final class UserProcess {
    private static final String NONE = "-";

    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> options = new ArrayList<>();
    private String endpoint = NONE;
    private String profile = NONE;

    /** One that has credentials and a region, and nothing of this machine's own setup. */
    UserProcess(Path home) {
        this.home = home;
        with("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
                .with("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY")
                .with("AWS_REGION", "eu-west-1")
                .with("AWS_EC2_METADATA_DISABLED", "true")
                .with("AWS_CONFIG_FILE", "/nonexistent")
                .with("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");
    }

    UserProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    UserProcess without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** An option of the JVM. */
    UserProcess option(String option) {
        options.add(option);
        return this;
    }

    /** What the user sets with {@code lshell.endpoint}. */
    UserProcess endpoint(String uri) {
        endpoint = uri;
        return this;
    }

    /** What the user sets with {@code lshell.profile}. */
    UserProcess profile(String name) {
        profile = name;
        return this;
    }

    /** Runs to its end and returns what it printed: the lines of progress, then {@code done} or the failure's words. */
    String run() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        JavaCommand.of(options, UserProcess.class, home.toString(), endpoint, profile))
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(?i)AWS_.*|.*_PROXY"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    public static void main(String[] args) throws InterruptedException {
        TargetConfig config = new TargetConfig(
                Kind.AWS,
                null,
                args[2].equals(NONE) ? null : args[2],
                args[1].equals(NONE) ? null : URI.create(args[1]),
                Path.of(args[0]));
        StackConfig stack = Account.config("demo");
        // With that class comes its stand-in for an environment; here is a real one.
        Account.USERS_PROPERTIES.forEach(System::clearProperty);
        Printed printed = new Printed();
        try (AwsClients clients = new AwsClients(config);
                Target target = new AwsTarget(config)) {
            new StackDeployment(target, Path.of(args[0]), printed).deploy(stack);
            new ShellFunction(new AwsFunction(clients.lambda(), "demo", Optional.empty(), report -> {}))
                    .invoke(ShellRequest.command("true"), printed);
            if (PlatformDependent.hasUnsafe()) {
                printed.step("Netty uses sun.misc.Unsafe, which causes warnings on JDK 24 and later");
            }
            if (System.getProperty("io.netty.noUnsafe") != null) {
                printed.step("io.netty.noUnsafe is still set for other libraries");
            }
            printed.step("done");
        } catch (ShellException e) {
            printed.step(e.getMessage());
        }
    }

    private static final class Printed extends Silence {
        @Override
        public void step(String line) {
            System.out.println(line);
        }
    }
}
