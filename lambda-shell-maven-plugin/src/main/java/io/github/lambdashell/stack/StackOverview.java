package io.github.lambdashell.stack;

import io.github.lambdashell.stack.StackStatus.Mark;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.StackLocation;
import io.github.lambdashell.target.Target;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All stacks that are known: those of targets, and those of this machine's records. Reads only. */
public final class StackOverview {
    private final Path home;
    private final StackRecords records;
    private final Instant now;

    /**
     * Creates an overview; reads nothing.
     *
     * @param home the plugin's own directory, not null; need not exist
     */
    public StackOverview(Path home, Instant now) {
        this.home = home;
        this.records = new StackRecords(home);
        this.now = now;
    }

    /**
     * Returns the stacks, the local ones first, by name.
     *
     * @param targets those to ask for their stacks, opened to read
     * @throws io.github.lambdashell.config.ShellException if one can't be read
     */
    public List<StackStatus> read(List<Target> targets) {
        List<StackRecord> recorded = records.all();
        List<StackStatus> all = new ArrayList<>();
        Set<String> found = new HashSet<>();
        Set<StackLocation> asked = new HashSet<>();
        for (Target target : targets) {
            asked.add(target.location());
            for (DeployedStack stack : target.list()) {
                String key = StackRecord.key(stack.location(), stack.name());
                found.add(key);
                boolean isOfThisMachine = stack.location().equals(StackLocation.LOCAL)
                        || recorded.stream().anyMatch(record -> key(record).equals(key));
                Set<Mark> marks = marks(stack.location(), stack.name(), stack.isTemporary(), isOfThisMachine);
                if (stack.expired(now).isPresent()) {
                    marks.add(Mark.EXPIRED);
                }
                all.add(StackStatus.of(stack, marks, lastUse(stack.location(), stack.name())));
            }
        }
        for (StackRecord record : recorded) {
            if (!found.contains(key(record))) {
                Set<Mark> marks = marks(record.location(), record.stackName(), record.isTemporary(), true);
                marks.add(asked.contains(record.location()) ? Mark.MISSING : Mark.RECORDED);
                if (record.isExpired(now)) {
                    marks.add(Mark.EXPIRED);
                }
                all.add(StackStatus.of(record, marks, lastUse(record.location(), record.stackName())));
            }
        }
        all.sort(Comparator.comparing((StackStatus stack) -> !stack.location().equals(StackLocation.LOCAL))
                .thenComparing(stack -> stack.location().toString())
                .thenComparing(StackStatus::name));
        return all;
    }

    private static String key(StackRecord record) {
        return StackRecord.key(record.location(), record.stackName());
    }

    private Set<Mark> marks(StackLocation location, String name, boolean isTemporary, boolean isOfThisMachine) {
        if (!isTemporary) {
            return EnumSet.noneOf(Mark.class);
        }
        if (!isOfThisMachine) {
            return EnumSet.of(Mark.TEMPORARY);
        }
        return EnumSet.of(records.isLocked(location, name) ? Mark.RUNNING : Mark.ORPHANED);
    }

    private Optional<Instant> lastUse(StackLocation location, String name) {
        return StackUsage.last(home, location, name);
    }
}
