package io.github.lambdashell.check.ready;

import java.util.List;

/**
 * The ready-made check that classes load with Lambda's class path.
 *
 * @param classes binary names, optionally with {@code ::} and a method; not null
 */
public record ClassLoads(List<String> classes) implements ReadyMade {
    /** Matches a class's name, or a handler. */
    public static final String PATTERN =
            "^[A-Za-z_$\\u0080-\\uffff][\\w$.\\u0080-\\uffff]*(::[A-Za-z_$\\u0080-\\uffff][\\w$\\u0080-\\uffff]*)?$";

    /** Describes what {@link #PATTERN} matches. */
    public static final String RULE = "a full class name, or a handler such as com.example.Handler::handleRequest";

    public ClassLoads {
        classes = List.copyOf(classes);
    }

    @Override
    public String word() {
        return "classLoads";
    }

    @Override
    public String values() {
        return String.join(", ", classes);
    }

    @Override
    public String script() {
        return new Script("class-loads.bash")
                .folders()
                .set("classes", String.join("\n", classes))
                .probe("ClassProbe")
                .text();
    }
}
