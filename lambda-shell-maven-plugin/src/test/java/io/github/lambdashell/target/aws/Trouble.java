package io.github.lambdashell.target.aws;

import static io.github.lambdashell.fault.FaultyEndpoint.EVERY_CALL;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.protocol.ShellFunction;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.ShellResult;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Something that goes wrong, and the goal that meets it. */
@FunctionalInterface
interface Trouble {
    /** Brings it about; throws what the user reads. */
    void meet(Account account) throws Exception;

    /** Makes it go wrong in the account, without a goal yet. */
    @FunctionalInterface
    interface Cause {
        void in(Account account) throws IOException;

        default Trouble whenDeploying() {
            return account -> {
                in(account);
                account.deployment().deploy(Account.config("demo"));
            };
        }

        default Trouble whenRemoving() {
            return account -> {
                account.deployment().deploy(Account.config("demo"));
                in(account);
                account.deployment().remove("demo");
            };
        }

        default Trouble whenExecuting() {
            return account -> {
                in(account);
                account.take(Account.config("demo"), FunctionSettings.NONE, account)
                        .close();
            };
        }

        default Trouble whenInvoking() {
            return account -> {
                in(account);
                invoke(function(account.clients()), new ByteArrayOutputStream());
            };
        }
    }

    /** A client whose pauses are short. */
    static ShellFunction function(AwsClients clients) {
        return new ShellFunction(new AwsFunction(
                clients.lambda(), "demo-function", Optional.empty(), report -> {}, new Refusals(Duration.ofMillis(1))));
    }

    static ShellResult invoke(ShellFunction function, ByteArrayOutputStream output) throws InterruptedException {
        return function.invoke(ShellRequest.command("echo hello"), new FrameListener() {
            @Override
            public void stdout(byte[] bytes, int offset, int length) {
                output.write(bytes, offset, length);
            }

            @Override
            public void stderr(byte[] bytes, int offset, int length) {
                output.write(bytes, offset, length);
            }
        });
    }

    static Cause answer(String operation, HttpAnswer answer) {
        return account -> account.endpoint().fault(operation, EVERY_CALL, Fault.answer(answer));
    }

    static Cause fault(String operation, Fault fault) {
        return account -> account.endpoint().fault(operation, EVERY_CALL, fault);
    }

    /** An answer of CloudFormation or STS. */
    static Cause query(String operation, int status, String code, String message) {
        return answer(operation, HttpAnswer.queryError(status, code, message));
    }

    /** An answer of S3 to the upload. */
    static Cause upload(int status, String code, String message) {
        return answer("PutObject", HttpAnswer.s3Error(status, code, message));
    }

    /** Lambda's own answer to an invocation. */
    static Trouble refusal(int status, String code, String message) {
        return answer(
                        "InvokeWithResponseStream",
                        HttpAnswer.lambdaError(status, code, "{\"message\":\"" + message + "\"}"))
                .whenInvoking();
    }

    /** An endpoint that doesn't stream, and changes the answer to a plain invocation. */
    static Cause plainly(UnaryOperator<byte[]> change) {
        return account -> {
            answer("InvokeWithResponseStream", HttpAnswer.of(501, "application/json", ""))
                    .in(account);
            fault("Invoke", Fault.changing(change)).in(account);
            account.aws().lambda().writesInChunks("0123456789".repeat(20));
        };
    }

    /** HTTP 429. */
    static Trouble throttle(String reason) {
        return answer(
                        "InvokeWithResponseStream",
                        HttpAnswer.lambdaError(429, "TooManyRequestsException", "{\"Reason\":\"" + reason + "\"}"))
                .whenInvoking();
    }

    /** The function breaks, and Lambda says so. */
    static Trouble breakage(String type, String message) {
        return whenAccount(account -> account.aws()
                        .lambda()
                        .fails("{\"errorType\":\"" + type + "\",\"errorMessage\":\"RequestId: 1 Error: " + message
                                + "\"}"))
                .whenInvoking();
    }

    /** CloudFormation can't make a resource of a new stack. */
    static Trouble resource(String name, String reason) {
        return whenAccount(account -> account.stacks().failNext("CREATE", name, reason))
                .whenDeploying();
    }

    static Cause whenAccount(Cause cause) {
        return cause;
    }

    /** With a profile of the user's configuration file, and nothing else. */
    static Trouble profile(String name, String file) {
        return account -> {
            withoutKeys().in(account);
            Path config = account.home().resolve("config");
            Files.writeString(config, file);
            account.set("aws.configFile", config.toString());
            deploy(
                    account,
                    new TargetConfig(Kind.AWS, null, name, account.endpoint().uri(), account.home()));
        };
    }

    /** Without credentials in the environment. */
    static Cause withoutKeys() {
        return account -> {
            account.set("aws.accessKeyId", null);
            account.set("aws.secretAccessKey", null);
        };
    }

    static Trouble endpoint(URI endpoint) {
        return account -> deploy(account, new TargetConfig(Kind.AWS, null, null, endpoint, account.home()));
    }

    private static void deploy(Account account, TargetConfig target) throws InterruptedException {
        try (Target opened = new AwsTarget(target)) {
            new StackDeployment(opened, account.home(), account).deploy(Account.config("demo"));
        }
    }

    /** An address of this machine at which nobody listens. */
    static URI nobody() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
