package io.github.lambdashell.contract;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A project's handler. Its event is a text such as {@code "env NAME"}, {@code "fail TEXT"} or {@code "sleep"}. */
public final class ContractHandler implements RequestStreamHandler {
    private int calls;

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        String[] words = event.substring(1, event.length() - 1).split(" ");
        System.out.println("call " + ++calls);
        String answer = event;
        switch (words[0]) {
            case "env" -> answer = String.valueOf(System.getenv(words[1]));
            case "context" ->
                answer = context.getClientContext().getEnvironment() + " "
                        + context.getIdentity().getIdentityId();
            case "fail" -> throw new IllegalArgumentException(words[1]);
            case "exit" -> System.exit(Integer.parseInt(words[1]));
            case "large" -> answer = "x".repeat(Integer.parseInt(words[1]));
            case "sleep" -> sleep();
            default -> {}
        }
        out.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static void sleep() {
        try {
            TimeUnit.MINUTES.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
