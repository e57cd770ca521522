package io.github.lambdashell.function;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Handlers as a project has them. */
public final class ProjectHandlers {
    /** Logs, and answers with the event and what it finds in its environment and context. */
    public static final class Echo implements RequestHandler<Map<String, Object>, Map<String, Object>> {
        private int calls;

        public Echo() {
            System.out.println("echo is made");
        }

        @Override
        public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
            System.out.println("echo is called");
            System.err.println("to standard error");
            context.getLogger().log("by the logger\n");
            if (event.containsKey("fail")) {
                throw new IllegalArgumentException((String) event.get("fail"));
            }
            if (event.containsKey("exit")) {
                System.exit((Integer) event.get("exit"));
            }
            if (event.containsKey("sleep")) {
                pause((Integer) event.get("sleep"));
            }
            ClientContext client = context.getClientContext();
            return Map.of(
                    "event", event,
                    "calls", ++calls,
                    "pid", ProcessHandle.current().pid(),
                    "handler", System.getenv("_HANDLER"),
                    "request", context.getAwsRequestId(),
                    "left", context.getRemainingTimeInMillis(),
                    "environment", client == null ? "" : client.getEnvironment().toString(),
                    "identity",
                            context.getIdentity() == null
                                    ? ""
                                    : context.getIdentity().getIdentityId(),
                    "wrapper", System.getenv().getOrDefault("AWS_LAMBDA_EXEC_WRAPPER", "none"));
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Copies the event byte for byte. */
    public static final class Copy implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            in.transferTo(out);
        }
    }

    /** A method of a plain class. */
    public String greet(String name) {
        return "Hello " + name;
    }

    /** Answers with as many bytes as the event says. */
    public static final class Large implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            out.write(new byte[Integer.parseInt(new String(in.readAllBytes()).trim())]);
        }
    }

    /** Logs as many lines of 100 bytes as the event says. */
    public static final class Talker implements RequestHandler<Integer, String> {
        @Override
        public String handleRequest(Integer lines, Context context) {
            String line = "x".repeat(99);
            for (int i = 0; i < lines; i++) {
                System.out.println(line);
            }
            return "done";
        }
    }

    /** Keeps a descriptor, a thread, a file of 1000 bytes and 100,000 bytes of heap with each event. */
    public static final class Leak implements RequestHandler<Object, String> {
        private static final List<Object> KEPT = new ArrayList<>();

        @Override
        public String handleRequest(Object event, Context context) {
            try {
                KEPT.add(new FileInputStream("/dev/null"));
                KEPT.add(new byte[100_000]);
                Files.write(Files.createTempFile(Path.of(System.getenv("TMPDIR")), "leak", ""), new byte[1000]);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            Thread thread = new Thread(() -> pause(600_000));
            thread.setDaemon(true);
            thread.start();
            return "";
        }
    }

    /** Fails so that the runtime ends. */
    public static final class Fatal implements RequestHandler<Object, String> {
        @Override
        public String handleRequest(Object event, Context context) {
            throw new OutOfMemoryError("all is used");
        }
    }

    /** Can't be made. */
    public static final class Broken implements RequestHandler<Object, String> {
        public Broken() {
            System.out.println("about to fail");
            throw new IllegalStateException("no database");
        }

        @Override
        public String handleRequest(Object event, Context context) {
            return "";
        }
    }

    /** Is restored from a snapshot, and answers with what it saw before and after. */
    public static final class Snapshot implements RequestHandler<Object, List<String>>, Resource {
        private final List<String> seen = new ArrayList<>();

        public Snapshot() {
            Core.getGlobalContext().register(this);
        }

        @Override
        public void beforeCheckpoint(com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
            seen.add("type " + System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"));
            seen.add("key " + System.getenv("AWS_ACCESS_KEY_ID"));
            seen.add("group " + System.getenv("AWS_LAMBDA_LOG_GROUP_NAME"));
        }

        @Override
        public void afterRestore(com.amazonaws.services.lambda.crac.Context<? extends Resource> context)
                throws Exception {
            if (System.getenv("FAIL_RESTORE") != null) {
                throw new IllegalStateException("no restore");
            }
            seen.add("credentials " + credentials(System.getenv("AWS_CONTAINER_AUTHORIZATION_TOKEN")));
            seen.add("without a token " + credentials("wrong"));
        }

        private static String credentials(String token) throws IOException {
            java.net.HttpURLConnection connection = (java.net.HttpURLConnection)
                    new java.net.URL(System.getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI")).openConnection();
            connection.setRequestProperty("Authorization", token);
            return connection.getResponseCode() != 200
                    ? "" + connection.getResponseCode()
                    : new String(connection.getInputStream().readAllBytes())
                            .replaceAll(".*AccessKeyId\":\"([^\"]*).*", "$1");
        }

        @Override
        public List<String> handleRequest(Object event, Context context) {
            return seen;
        }
    }
}
