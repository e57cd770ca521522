package io.github.lambdashell.fake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command line of a JVM that lives for seconds, with the class path of this one: its code is compiled once, not well. */
public final class JavaCommand {
    private JavaCommand() {}

    /**
     * Returns the command line that runs a class.
     *
     * @param options options of the JVM
     */
    public static List<String> of(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns the command line that runs a class, without further options of the JVM. */
    public static List<String> of(Class<?> main, String... arguments) {
        return of(List.of(), main, arguments);
    }
}
