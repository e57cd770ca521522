package io.github.lambdashell.run;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.environment.LockFile;
import io.github.lambdashell.check.environment.Snapshot;
import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.Suggestion;
import io.github.lambdashell.config.TargetConfig.Kind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One of the environments that are compared. */
public sealed interface DiffTerm {
    /** The parameter's name in messages. */
    String PARAMETER = "diff (lshell.diff)";

    /** Returns the text that the user wrote. */
    String text();

    /** A runtime on the configured target. */
    record Runtime(String text) implements DiffTerm {}

    /** A target with the configured runtime. */
    record OnTarget(String text, Kind kind) implements DiffTerm {}

    /** An unpacked root file system on this machine, with the configured runtime. */
    record Image(String text, Path directory) implements DiffTerm {}

    /** A lock file, which needs no deployment. */
    record Locked(String text, Snapshot snapshot) implements DiffTerm {}

    /**
     * Reads the terms.
     *
     * @param texts the texts; null for none
     * @param base the base of relative paths
     * @param problems receives what is wrong with them
     */
    static List<DiffTerm> read(List<String> texts, Path base, Problems problems) {
        List<DiffTerm> terms = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String text : Stream.ofNullable(texts)
                .flatMap(List::stream)
                .map(String::strip)
                .toList()) {
            if (seen.add(text)) {
                read(text, base, problems).ifPresent(terms::add);
            } else {
                problems.add(PARAMETER + ": " + Text.apostrophes(text) + " may occur only once");
            }
        }
        problems.require(
                seen.size() > 1,
                PARAMETER + " must be at least two runtimes, targets, root file systems or lock files, for example"
                        + " -Dlshell.diff=java17,java21");
        return terms;
    }

    private static Optional<DiffTerm> read(String text, Path base, Problems problems) {
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
        if (kind.isPresent()) {
            return Optional.of(new OnTarget(text, kind.get()));
        }
        if (LambdaRuntimes.isKnown(text)) {
            return Optional.of(new Runtime(text));
        }
        try {
            Path path = base.resolve(text);
            if (text.endsWith(".lock")) {
                return readLock(text, path, problems);
            }
            if (!text.isEmpty() && Files.isDirectory(path)) {
                return Optional.of(new Image(text, path));
            }
            problems.add(PARAMETER + (text.contains("/") ? ": folder not found: '" + path + "'" : unknown(text)));
        } catch (InvalidPathException e) {
            problems.add(PARAMETER + unknown(text));
        }
        return Optional.empty();
    }

    private static Optional<DiffTerm> readLock(String text, Path file, Problems problems) {
        String prefix = PARAMETER + ": " + Text.apostrophes(text) + " ";
        try {
            if (Files.isRegularFile(file)) {
                return Optional.of(new Locked(text, LockFile.read(file)));
            }
            problems.add(prefix + (Files.exists(file) ? "must be a file" : "is not found"));
        } catch (Snapshot.MalformedException e) {
            problems.add(prefix + "can't be used: " + e.getMessage()
                    + "; correct it, or write it again with -Dlshell.overwrite");
        } catch (CharacterCodingException e) {
            problems.add(prefix + "must be UTF-8 text");
        } catch (IOException e) {
            problems.add(prefix + "can't be read: " + e);
        }
        return Optional.empty();
    }

    private static String unknown(String text) {
        List<String> known = Stream.concat(
                        Arrays.stream(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)),
                        LambdaRuntimes.all().stream())
                .toList();
        return ": " + Text.apostrophes(text) + " is no runtime, target, folder or lock file"
                + Suggestion.ending(
                        text,
                        known,
                        "; use one of " + String.join(", ", known)
                                + ", the path of a root file system, or that of a lock file");
    }
}
