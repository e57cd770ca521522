package io.github.lambdashell.check.ready;

import io.github.lambdashell.session.ShellQuoting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A bash script of this package, with the variables that it reads set before it. */
final class Script {
    private static final String PROBES = Script.class.getPackageName().replace('.', '/') + "/probe";

    /**
     * Sets {@code task} and {@code opt} to the folders of the package and its layers. The local target without a root
     * directory has no /opt of its own; the last folder of libraries is then that of the layers, as on Lambda.
     */
    private static final String FOLDERS = """
            task=${LAMBDA_TASK_ROOT:-/var/task}
            opt=/opt
            if [ "$task" != /var/task ]; then
              opt=${LD_LIBRARY_PATH##*:}
              opt=${opt%/lib}
            fi
            """;

    private final String name;
    private final StringBuilder head = new StringBuilder();

    /** @param name the resource with the script */
    Script(String name) {
        this.name = name;
    }

    Script set(String variable, String value) {
        head.append(variable).append('=').append(ShellQuoting.quote(value)).append('\n');
        return this;
    }

    /** Sets the folders of the package and its layers. */
    Script folders() {
        head.append(FOLDERS);
        return this;
    }

    /** Adds the function of elf.bash, which judges ELF files. */
    Script elf() {
        set("elf", resource("elf.awk"));
        head.append(resource("elf.bash"));
        return this;
    }

    /**
     * Adds a program for a JVM like the function's own, and the functions of java.bash.
     *
     * @param main the class of its main method, in the package of the probes
     * @param others the simple names of its other classes, with {@code $} for nested ones
     */
    Script probe(String main, String... others) {
        set("probe_class", PROBES.replace('/', '.') + "." + main);
        String files = Stream.concat(Stream.of(main), Stream.of(others))
                .map(name -> PROBES + "/" + name + ".class "
                        + Base64.getEncoder().encodeToString(read("probe/" + name + ".class")))
                .collect(Collectors.joining("\n"));
        return set("probe_files", files).jvm();
    }

    /** Adds the functions of java.bash, which find the function's JVM. */
    Script jvm() {
        head.append(resource("java.bash"));
        return this;
    }

    String text() {
        return head + resource(name);
    }

    private static String resource(String name) {
        return new String(read(name), StandardCharsets.UTF_8);
    }

    private static byte[] read(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the plugin's resource " + name, e);
        }
    }
}
