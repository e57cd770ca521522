package io.github.lambdashell.emulator.cloudformation.stack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** In which order resources are removed: each before those that it depends on. */
final class DeletionOrder {
    private DeletionOrder() {}

    static List<StackResource> of(List<StackResource> resources) {
        List<StackResource> remaining = new ArrayList<>(resources);
        List<StackResource> order = new ArrayList<>();
        while (!remaining.isEmpty()) {
            Set<String> needed = new HashSet<>();
            remaining.forEach(resource -> needed.addAll(resource.dependencies()));
            // The last first. With what an update left, two may need one another; then the last goes without asking.
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
