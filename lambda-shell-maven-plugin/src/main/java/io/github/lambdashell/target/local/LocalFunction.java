package io.github.lambdashell.target.local;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.DeployedFunction;
import io.github.lambdashell.target.FunctionDescription;
import io.github.lambdashell.target.FunctionFailure;
import io.github.lambdashell.target.InvocationReport;
import io.github.lambdashell.target.SideChannel;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.runtime.UnsupportedRuntimeException;
import io.github.lambdashell.target.local.runtimeapi.InvocationRequest;
import io.github.lambdashell.target.local.runtimeapi.ResponseSink;
import io.github.lambdashell.target.local.sandbox.InvocationResult;
import io.github.lambdashell.target.local.sandbox.SandboxPool;
import io.github.lambdashell.target.local.sandbox.SandboxPool.ConcurrencyExceededException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A function of this machine, which runs in a sandbox of this process. */
final class LocalFunction implements DeployedFunction {
    private final String stackName;
    private final LocalStacks stacks;
    private final SandboxPool sandboxes;
    private final SandboxPool.Reuse reuse;
    private final Supplier<? extends SideChannel> sideChannel;
    private final Consumer<InvocationReport> invoked;

    /**
     * @param reuse whether invocations share sandboxes
     * @param sideChannel starts the side channel when it is first used
     * @param invoked receives the figures of every invocation
     */
    LocalFunction(
            String stackName,
            LocalStacks stacks,
            SandboxPool sandboxes,
            SandboxPool.Reuse reuse,
            Supplier<? extends SideChannel> sideChannel,
            Consumer<InvocationReport> invoked) {
        this.stackName = stackName;
        this.stacks = stacks;
        this.sandboxes = sandboxes;
        this.reuse = reuse;
        this.sideChannel = sideChannel;
        this.invoked = invoked;
    }

    @Override
    public Optional<InvocationReport> invoke(byte[] event, ResponseListener listener) throws InterruptedException {
        FunctionDefinition function = definition();
        InvocationRequest request =
                new InvocationRequest(UUID.randomUUID().toString(), function.arn(), event, Optional.empty());
        InvocationResult result;
        try {
            result = sandboxes.invoke(function, request, reuse, new ResponseSink() {
                @Override
                public void start(String contentType) {
                    // The shell's responses are frames, whatever their content type.
                }

                @Override
                public void write(byte[] bytes) {
                    listener.received(bytes, 0, bytes.length);
                }
            });
        } catch (ConcurrencyExceededException e) {
            throw new ShellException(e.getMessage(), "Run fewer checks at once with -Dlshell.parallel", e);
        } catch (UnsupportedRuntimeException e) {
            throw new ShellException(e.getMessage(), e.remedy() + ", or use -Dlshell.target=aws", e);
        } catch (IOException e) {
            throw new ShellException(
                    "This machine can't start the function: " + e.getMessage(),
                    "Check the limits of processes, memory and disk space of this machine",
                    e);
        }
        if (stacks.exists(stackName)) {
            // The usage of a removed stack has been removed too.
            invoked.accept(result.report());
        }
        result.failure().ifPresent(failure -> {
            throw FunctionFailure.of(
                    "Unhandled",
                    new String(failure.payload(), StandardCharsets.UTF_8),
                    new String(result.logTail().get(), StandardCharsets.UTF_8));
        });
        return Optional.of(result.report());
    }

    @Override
    public DeployedFunction isolated() {
        return new LocalFunction(stackName, stacks, sandboxes, SandboxPool.Reuse.NEVER, sideChannel, invoked);
    }

    @Override
    public FunctionDescription describe() {
        FunctionDefinition function = definition();
        return new FunctionDescription(
                function.settings().runtime(),
                Optional.empty(),
                function.settings().memorySize(),
                (int) function.settings().timeout().toSeconds(),
                function.settings().architecture(),
                function.roleArn());
    }

    /** Read for every invocation, because another process can deploy or remove the stack meanwhile. */
    private FunctionDefinition definition() {
        return stacks.use(stackName)
                .map(LocalStack::function)
                .orElseThrow(() -> new ShellException(
                        "The stack " + stackName + " was removed while it was in use",
                        "Deploy it again, or run the goal" + " without a deployed stack"));
    }

    @Override
    public Optional<SideChannel> sideChannel() {
        return Optional.of(sideChannel.get());
    }
}
