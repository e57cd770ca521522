package io.github.lambdashell.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.lambdashell.function.handler.ProjectHandler;
import io.github.lambdashell.function.runtime.ResponseStream;
import io.github.lambdashell.function.runtime.RuntimeClient;
import io.github.lambdashell.function.runtime.RuntimeInvocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * Runs in the place of a managed runtime's own client, which holds responses back until they are complete: takes
 * invocations from the Runtime API one by one and streams what the handler answers. The package's {@code wrapper}
 * script starts it.
 */
public final class RuntimeLoop {
    private final RuntimeClient api;
    private final RequestStreamHandler handler;

    private RuntimeLoop(RuntimeClient api, RequestStreamHandler handler) {
        this.api = api;
        this.handler = handler;
    }

    /**
     * Serves until the Runtime API is gone or no command can start any more, and then exits with code 1. So it does when the handler that the variable
     * {@code _HANDLER} names (a class, as the Java runtimes have it also with {@code ::handleRequest} after it) can't
     * be made.
     */
    public static void main(String[] arguments) {
        RuntimeClient api = new RuntimeClient(System.getenv("AWS_LAMBDA_RUNTIME_API"));
        try {
            RequestStreamHandler handler = handler(api, List.of(arguments));
            if (ProjectHandler.IN_SNAPSHOT && handler instanceof ShellHandler) {
                passSnapshot(api, (ShellHandler) handler);
            }
            new RuntimeLoop(api, handler).serve();
        } catch (ReflectiveOperationException | IOException e) {
            System.err.println("the shell function ends: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(1);
    }

    /** Prepares for the snapshot of a published version, and goes on when it has been restored. */
    private static void passSnapshot(RuntimeClient api, ShellHandler handler) throws IOException, InterruptedException {
        try {
            handler.beforeSnapshot();
        } catch (IOException e) {
            api.initError(e);
            throw e;
        }
        api.restoreNext();
        handler.afterRestore();
    }

    private static RequestStreamHandler handler(RuntimeClient api, List<String> commandLine)
            throws ReflectiveOperationException, IOException {
        String name = System.getenv().getOrDefault("_HANDLER", ShellHandler.class.getName());
        if (name.startsWith(ShellHandler.class.getName())) {
            return new ShellHandler(commandLine);
        }
        try {
            return Class.forName(name.replace("::handleRequest", ""))
                    .asSubclass(RequestStreamHandler.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            api.initError(e.getCause() == null ? e : e.getCause());
            throw e;
        }
    }

    private void serve() throws IOException {
        while (true) {
            RuntimeInvocation invocation = api.next();
            if (invocation.traceId == null) {
                System.clearProperty(ShellHandler.TRACE_HEADER);
            } else {
                System.setProperty(ShellHandler.TRACE_HEADER, invocation.traceId);
            }
            serve(invocation);
            if (handler instanceof ShellHandler && ((ShellHandler) handler).isOutOfProcesses()) {
                // The platform ends them all with this process, and starts another one.
                throw new IOException("there are too many processes");
            }
        }
    }

    private void serve(RuntimeInvocation invocation) throws IOException {
        ResponseStream response = new ResponseStream(api, invocation);
        try {
            handler.handleRequest(new ByteArrayInputStream(invocation.payload), response, invocation);
            response.complete();
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            response.fail(e);
        } catch (Error e) {
            response.fail(e);
            throw e;
        }
    }
}
