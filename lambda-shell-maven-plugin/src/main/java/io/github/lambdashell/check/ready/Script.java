package io.github.lambdashell.check.ready;

import io.github.lambdashell.session.ShellQuoting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One of the scripts beside this class, with the variables that it asks for set before it. */
final class Script {
    private static final String PROBES = Script.class.getPackageName().replace('.', '/') + "/probe";

    private final String name;
    private final StringBuilder head = new StringBuilder();

    Script(String name) {
        this.name = name;
    }

    Script set(String variable, String value) {
        head.append(variable).append('=').append(ShellQuoting.quote(value)).append('\n');
        return this;
    }

    /** Says where the package and its layers are, in {@code task} and {@code opt}. */
    Script places() {
        head.append(resource("places.bash"));
        return this;
    }

    /** Sends a class along that the function's JVM runs. */
    Script probe(String className) {
        return set("probe_folder", PROBES)
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
            throw new UncheckedIOException("can't read the plugin's own " + name, e);
        }
    }
}
