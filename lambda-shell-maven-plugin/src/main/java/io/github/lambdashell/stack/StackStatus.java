package io.github.lambdashell.stack;

import io.github.lambdashell.target.Ages;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.StackLocation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A stack, as {@code lshell:status} shows it.
 *
 * @param name its name, not null
 * @param location its target, account and region, not null
 * @param marks what is special about it, not null
 * @param created time of its creation; empty if unknown
 * @param expires time of its expiry; empty if unknown
 * @param lastUse time of this machine's last invocation; empty if it made none
 * @param runtime its function's runtime; empty if unknown
 * @param owner the user who deployed it; empty if unknown
 */
public record StackStatus(
        String name,
        StackLocation location,
        Set<Mark> marks,
        Optional<Instant> created,
        Optional<Instant> expires,
        Optional<Instant> lastUse,
        Optional<String> runtime,
        Optional<String> owner) {
    private static final String UNKNOWN = "unknown";
    private static final String NEVER = "never";

    /** What is special about a stack. */
    public enum Mark {
        EXPIRED("expired"),
        /** A temporary stack whose build has ended. */
        ORPHANED("its build has ended"),
        RUNNING("its build runs"),
        /** A temporary stack of another machine. */
        TEMPORARY("temporary"),
        /** Known by this machine's record, but not on the target. */
        MISSING("not found, only recorded"),
        /** Known by this machine's record; its target was not asked. */
        RECORDED("as recorded, not looked for");

        private final String text;

        Mark(String text) {
            this.text = text;
        }
    }

    static StackStatus of(DeployedStack stack, Set<Mark> marks, Optional<Instant> lastUse) {
        return new StackStatus(
                stack.name(),
                stack.location(),
                marks,
                stack.origin().created(),
                stack.origin().expires(),
                lastUse,
                Optional.ofNullable(stack.function().runtime()),
                Optional.of(stack.origin().owner()));
    }

    static StackStatus of(StackRecord stack, Set<Mark> marks, Optional<Instant> lastUse) {
        return new StackStatus(
                stack.stackName(),
                stack.location(),
                marks,
                Optional.empty(),
                Optional.of(Instant.parse(stack.expires())),
                lastUse,
                Optional.empty(),
                Optional.empty());
    }

    /** Returns for example {@code lshell-demo (local): java21, 3 h old, expires in 21 h, last used 5 min ago}. */
    public String line(Instant now) {
        List<String> parts = new ArrayList<>();
        runtime.ifPresent(parts::add);
        created.ifPresent(time -> parts.add(Ages.text(Duration.between(time, now)) + " old"));
        expires.ifPresent(time -> parts.add(
                marks.contains(Mark.EXPIRED)
                        ? "EXPIRED " + Ages.text(Duration.between(time, now)) + " ago"
                        : "expires in " + Ages.text(Duration.between(now, time))));
        parts.add(lastUse.map(time -> "last used " + Ages.text(Duration.between(time, now)) + " ago")
                .orElse(isUseKnown() ? "never used" : "last use unknown"));
        owner.ifPresent(user -> parts.add("of " + user));
        EnumSet<Mark> others = EnumSet.noneOf(Mark.class);
        others.addAll(marks);
        others.remove(Mark.EXPIRED);
        others.forEach(mark -> parts.add(mark.text));
        return name + " (" + location + "): " + String.join(", ", parts);
    }

    /** Returns the fields of the line for programs, separated by tabs; the command that removes the stack is appended. */
    public String fields(String removal) {
        return String.join(
                "\t",
                name,
                location.target(),
                location.account().isEmpty() ? "-" : location.account(),
                location.region().isEmpty() ? "-" : location.region(),
                marks.isEmpty()
                        ? "-"
                        : marks.stream()
                                .sorted()
                                .map(mark -> mark.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(",")),
                text(created, UNKNOWN),
                text(expires, UNKNOWN),
                text(lastUse, isUseKnown() ? NEVER : UNKNOWN),
                runtime.orElse(UNKNOWN),
                owner.orElse(UNKNOWN),
                removal);
    }

    /** Only this machine uses its local stacks; those of AWS may have been used by others. */
    private boolean isUseKnown() {
        return location.equals(StackLocation.LOCAL);
    }

    private static String text(Optional<Instant> time, String otherwise) {
        return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(otherwise);
    }
}
