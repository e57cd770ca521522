package io.github.lambdashell.check.ready;

import io.github.lambdashell.check.Expectation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A check that is one word: a script that runs in place of a command of the user's. It writes a line for each thing it
 * looked at, beginning with {@code ok - } or {@code not ok - }, and ends with another exit code than 0 when it could not
 * look.
 *
 * @param word as users write it, not null
 * @param title the word with what stands in it, for a person; not null
 * @param script for bash, not null
 */
public record ReadyMade(String word, String title, String script) {
    public ReadyMade {
        Objects.requireNonNull(word);
        Objects.requireNonNull(title);
        Objects.requireNonNull(script);
    }

    private static ReadyMade of(String word, String values, String script) {
        return new ReadyMade(word, values.isEmpty() ? word : word + " " + values, script);
    }

    /**
     * Every ELF file in the package and its layers, also those in jars, finds what it needs.
     *
     * @param ignored names of libraries that need not be there, with {@code *} and {@code ?}
     */
    public static ReadyMade nativeLibraries(List<String> ignored) {
        String script = new Script("native-libraries.bash")
                .places()
                .set("ignored", String.join("\n", ignored))
                .set("elf", Script.resource("elf.awk"))
                .probe("JarLibraries")
                .text();
        return of("nativeLibraries", "", script);
    }

    /**
     * Classes load with Lambda's class path.
     *
     * @param classes binary names, perhaps with {@code ::} and a method
     */
    public static ReadyMade classLoads(List<String> classes) {
        String script = new Script("class-loads.bash")
                .places()
                .set("classes", String.join("\n", classes))
                .probe("ClassProbe")
                .text();
        return of("classLoads", String.join(", ", classes), script);
    }

    /**
     * Files can be written.
     *
     * @param paths absolute, of files and directories
     */
    public static ReadyMade writable(List<String> paths) {
        String script = new Script("writable.bash")
                .set("paths", String.join("\n", paths))
                .text();
        return of("writable", String.join(", ", paths), script);
    }

    /** TCP connections open. */
    public static ReadyMade reachable(List<Address> addresses) {
        String script = addresses.stream()
                .map(address -> new Script("reachable.bash")
                        .set("host", address.host())
                        .set("port", String.valueOf(address.port()))
                        .set("within", address.seconds())
                        .text())
                .collect(Collectors.joining("\n"));
        String values = addresses.stream().map(Address::toString).collect(Collectors.joining(", "));
        return of("reachable", values, script);
    }

    /** Calls to AWS run under this role. */
    public static ReadyMade identity(Identity identity) {
        String script = new Script("identity.bash")
                .set("expected", identity.callerPattern())
                .set("wanted", identity.text())
                .text();
        return of("identity", identity.text(), script);
    }

    /** What the script's lines amount to. */
    public Expectation verdict() {
        return new Verdict(word);
    }
}
