package io.github.lambdashell.report.text;

import java.util.ArrayList;
import java.util.List;

/** The stack trace of a handler's error, in which the project's own frames count most. */
public final class StackTrace {
    /** Packages whose frames are not the project's: the JDK, languages, the runtime and common frameworks. */
    private static final List<String> FOREIGN = List.of(
            "java.",
            "javax.",
            "jakarta.",
            "jdk.",
            "sun.",
            "com.sun.",
            "kotlin.",
            "kotlinx.",
            "scala.",
            "groovy.",
            "com.amazonaws.services.lambda.",
            "software.amazon.",
            "com.fasterxml.jackson.",
            "io.micronaut.",
            "io.quarkus.",
            "org.springframework.",
            "reactor.");

    /** How many frames are shown of a trace without the project's own. */
    private static final int WITHOUT_OWN = 3;

    private StackTrace() {}

    /** Returns whether a frame is the project's own. */
    public static boolean isOwn(String frame) {
        return FOREIGN.stream().noneMatch(method(frame)::startsWith);
    }

    /** Returns the qualified name of a frame's method, without the name of a class loader and a module before it. */
    private static String method(String frame) {
        int end = frame.indexOf('(');
        String name = end < 0 ? frame : frame.substring(0, end);
        return name.substring(name.lastIndexOf('/') + 1).strip();
    }

    /**
     * Returns the project's own frames in order, and the number of others; of a trace without any, its first frames.
     *
     * @param max the maximum number of frames
     */
    public static List<String> shortened(List<String> frames, int max) {
        List<String> own = frames.stream().filter(StackTrace::isOwn).toList();
        boolean hasOwn = !own.isEmpty();
        List<String> candidates = hasOwn ? own : frames;
        int shown = Math.min(candidates.size(), hasOwn ? max : WITHOUT_OWN);
        List<String> lines = new ArrayList<>();
        candidates.subList(0, shown).forEach(frame -> lines.add("    at " + frame));
        if (hasOwn && own.size() > shown) {
            lines.add("    ... " + (own.size() - shown) + " more of the project");
        }
        int others = frames.size() - (hasOwn ? own.size() : shown);
        if (others > 0) {
            lines.add("    ... " + others + " more of frameworks, the runtime and the JDK");
        }
        return lines;
    }
}
