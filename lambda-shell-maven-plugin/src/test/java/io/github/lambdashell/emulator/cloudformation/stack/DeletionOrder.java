package io.github.lambdashell.emulator.cloudformation.stack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The order in which resources are deleted: each one before its dependencies. */
final class DeletionOrder {
    private DeletionOrder() {}

    static List<StackResource> of(List<StackResource> resources) {
        List<StackResource> remaining = new ArrayList<>(resources);
        List<StackResource> order = new ArrayList<>();
        while (!remaining.isEmpty()) {
            Set<String> needed = new HashSet<>();
            remaining.forEach(resource -> needed.addAll(resource.dependencies()));
            // The last one first. After an update two resources can depend on each other; then the last one is deleted
            // anyway.
            int next = remaining.size() - 1;
            for (int i = next; i >= 0; i--) {
                if (!needed.contains(remaining.get(i).logicalId())) {
                    next = i;
                    break;
                }
            }
            order.add(remaining.remove(next));
        }
        return order;
    }
}
