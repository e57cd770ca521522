package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.Partition;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.StackConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The ARNs of a stack's configuration, which must be of the partition that the stack is deployed to. */
final class ConfiguredArns {
    private record Arn(String parameter, String value) {
        String partition() {
            return value.split(":")[1];
        }
    }

    private final List<Arn> arns = new ArrayList<>();

    ConfiguredArns(StackConfig config) {
        config.function().layers().forEach(layer -> add("layers", layer));
        config.managedPolicies().forEach(policy -> add("managedPolicies", policy));
        add("role", config.role());
        add("permissionsBoundary", config.permissionsBoundary());
        add("kmsKey", config.kmsKey());
    }

    private void add(String parameter, String value) {
        if (value != null && value.matches("arn:[^:]+:.+")) {
            arns.add(new Arn(parameter, value));
        }
    }

    /**
     * Requires that all ARNs have the partition of a region.
     *
     * @param region called only if there are ARNs
     * @throws io.github.lambdashell.config.ShellException if one has another partition
     */
    void requirePartition(Supplier<String> region) {
        if (arns.isEmpty()) {
            return;
        }
        Problems problems = new Problems();
        String deployedTo = region.get();
        String partition = Partition.of(deployedTo);
        for (Arn arn : arns) {
            problems.require(
                    arn.partition().equals(partition),
                    arn.parameter() + " (lshell." + arn.parameter() + ") must be in the partition '" + partition
                            + "' of "
                            + deployedTo + ", but is '" + arn.value() + "'; ARNs there begin with arn:" + partition
                            + ":");
        }
        problems.throwIfAny();
    }
}
