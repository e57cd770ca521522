package io.github.lambdashell.function;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.Arrays;

/**
 * Measures what the handler adds to a command: warm {@code true} beside {@code bash -c true} from a
 * {@link ProcessBuilder}, in turns. Run it as a main class with the flags that the wrapper script gives the function.
 */
final class Benchmark {
    private static final int WARM_UP = 500;
    private static final int MEASURED = 1000;

    private interface Action {
        void run() throws Exception;
    }

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        ShellHandler handler = new ShellHandler();
        String[] names = {"bash -c true", "handler, true", "handler, true with state"};
        Action[] actions = {
            Benchmark::plain,
            () -> handle(handler, "{\"accept\":\"frames\",\"command\":\"true\"}"),
            () -> handle(handler, "{\"accept\":\"frames\",\"command\":\"true\",\"wantState\":true}")
        };
        long[][] nanos = new long[actions.length][MEASURED];
        for (int i = -WARM_UP; i < MEASURED; i++) {
            for (int j = 0; j < actions.length; j++) {
                long start = System.nanoTime();
                actions[j].run();
                nanos[j][Math.max(i, 0)] = System.nanoTime() - start;
            }
        }
        for (int j = 0; j < actions.length; j++) {
            Arrays.sort(nanos[j]);
            System.out.printf("%-26s median %.2f ms%n", names[j], nanos[j][MEASURED / 2] / 1e6);
        }
        System.exit(0);
    }

    private static void plain() throws Exception {
        new ProcessBuilder("bash", "-c", "true")
                .redirectInput(new File("/dev/null"))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void handle(ShellHandler handler, String request) throws IOException {
        handler.handleRequest(new ByteArrayInputStream(request.getBytes()), OutputStream.nullOutputStream(), null);
    }
}
