package io.github.lambdashell.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Suggestions for unknown names. */
public final class Suggestion {
    /** Names that other tools use, with this plugin's equivalents. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("command", "run"),
            Map.entry("cmd", "run"),
            Map.entry("exec", "run"),
            Map.entry("status", "exitCode"),
            Map.entry("exitstatus", "exitCode"),
            Map.entry("returncode", "exitCode"),
            Map.entry("env", "environmentVariables"),
            Map.entry("environment", "environmentVariables"),
            Map.entry("cwd", "workingDirectory"),
            Map.entry("input", "stdin"),
            Map.entry("regex", "matches"),
            Map.entry("title", "name"),
            Map.entry("uid", "owner"),
            Map.entry("user", "owner"),
            Map.entry("permissions", "mode"),
            Map.entry("checksum", "sha256"),
            Map.entry("greater", "gt"),
            Map.entry("less", "lt"),
            Map.entry("nativelibrary", "nativeLibraries"),
            Map.entry("role", "identity"),
            Map.entry("amd64", "x86_64"),
            Map.entry("aarch64", "arm64"),
            Map.entry("timeout", "within"),
            Map.entry("min", "ge"),
            Map.entry("max", "le"));

    private Suggestion() {}

    /** Returns the most similar known name; empty if none is similar enough. */
    public static Optional<String> nearest(String unknown, Collection<String> known) {
        String plain = plain(unknown);
        String elsewhere = ELSEWHERE.get(plain);
        if (elsewhere != null && known.contains(elsewhere)) {
            return Optional.of(elsewhere);
        }
        int near = plain.length() < 4 ? 1 : 2;
        return known.stream()
                .filter(word -> distance(plain, plain(word)) <= near)
                .min(Comparator.comparingInt(word -> distance(plain, plain(word))));
    }

    /** Returns the end of a problem: the question for the most similar known name, or the other text. */
    public static String ending(String unknown, Collection<String> known, String otherwise) {
        return nearest(unknown, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(otherwise);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
    }

    /** Returns the Levenshtein distance: the number of characters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        Arrays.setAll(previous, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
