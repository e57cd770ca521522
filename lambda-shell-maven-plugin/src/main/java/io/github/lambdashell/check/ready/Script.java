package io.github.lambdashell.check.ready;

import io.github.lambdashell.session.ShellQuoting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

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

    /**
     * Adds a class for the function's JVM: {@code probe} has it in base64, {@code probe_folder} is its package's folder,
     * {@code probe_class} its full name.
     */
    Script probe(String className) {
        return set("probe_folder", PROBES)
                .set("probe_class", PROBES.replace('/', '.') + "." + className)
                .set("probe", Base64.getEncoder().encodeToString(read("probe/" + className + ".class")));
    }

    String text() {
        return head + resource(name);
    }

    static String resource(String name) {
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
