package io.github.lambdashell.check.ready;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The ready-made check that handlers and other classes load as in Lambda's Java runtimes.
 *
 * @param subjects the handlers and classes, not null
 */
public record ClassLoads(List<Subject> subjects) implements ReadyMade {
    private static final String NAME = "[A-Za-z_$\\u0080-\\uffff][\\w$.\\u0080-\\uffff]*";

    /** Matches a class's name. */
    public static final String CLASS = "^" + NAME + "$";

    /** Matches a handler: a class's name, optionally with a method. */
    public static final String HANDLER = "^" + NAME + "(::[A-Za-z_$\\u0080-\\uffff][\\w$\\u0080-\\uffff]*)?$";

    /** Describes a handler, to follow "must be". */
    public static final String HANDLER_RULE =
            "a handler such as com.example.Handler or com.example.Handler::handleRequest";

    /** Matches names of classes, with {@code *} for any text. */
    public static final String IGNORED = "^[\\w$.*\\u0080-\\uffff]+$";

    public ClassLoads {
        subjects = List.copyOf(subjects);
    }

    /**
     * A handler or another class.
     *
     * @param name a binary name, of a handler optionally with {@code ::} and a method; not null
     * @param isHandler whether the runtime's client has to accept it as a handler
     * @param depth the maximum number of steps from it to a class that is loaded, 0 for the default
     * @param ignored names of classes that may be missing, with {@code *}; not null
     */
    public record Subject(String name, boolean isHandler, int depth, List<String> ignored) {
        /** Returns a handler with default settings. */
        public static Subject handler(String name) {
            return new Subject(name, true, 0, List.of());
        }

        private String line() {
            String pattern = ignored.stream()
                    .map(names -> names.replace(".", "\\.").replace("$", "\\$").replace("*", ".*"))
                    .collect(Collectors.joining("|"));
            return (isHandler ? "handler " : "class ") + name + " " + depth + " " + pattern;
        }
    }

    @Override
    public String word() {
        return "classLoads";
    }

    @Override
    public String values() {
        return subjects.stream().map(Subject::name).collect(Collectors.joining(", "));
    }

    @Override
    public String script() {
        return new Script("class-loads.bash")
                .folders()
                .set("entries", subjects.stream().map(Subject::line).collect(Collectors.joining("\n")))
                .probe("ClassProbe", "ClassFile")
                .text();
    }
}
