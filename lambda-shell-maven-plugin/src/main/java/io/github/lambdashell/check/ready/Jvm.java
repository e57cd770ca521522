package io.github.lambdashell.check.ready;

import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Unit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The ready-made check of facts of the function's JVM.
 *
 * @param items the facts, not null
 */
public record Jvm(List<Item> items) implements ReadyMade {
    public Jvm {
        items = List.copyOf(items);
    }

    /**
     * A fact.
     *
     * @param request the fact for the program that prints it: a kind, optionally with a name; not null
     * @param fact the expected value, empty where the program judges it; not null
     */
    public record Item(String request, Optional<Fact> fact) {
        /** Returns a fact that the program judges. */
        public static Item judged(String request) {
            return new Item(request, Optional.empty());
        }

        /** Returns a fact whose value is a text. */
        public static Item text(String kind, Comparison comparison) {
            return new Item(kind, Optional.of(Fact.text(kind, comparison)));
        }

        /** Returns a system property. */
        public static Item property(String name, Comparison comparison) {
            return text("property " + name, comparison);
        }

        /** Returns an option. */
        public static Item option(String name, Comparison comparison) {
            return text("option " + name, comparison);
        }

        /** Returns the maximum size of the heap. */
        public static Item maxHeap(Comparison comparison) {
            return new Item("maxHeap", Optional.of(Fact.quantity("maxHeap", comparison, Unit.MEGABYTES)));
        }
    }

    @Override
    public String word() {
        return "jvm";
    }

    @Override
    public String values() {
        return items.stream().map(Item::request).distinct().collect(Collectors.joining(", "));
    }

    @Override
    public List<Fact> facts() {
        return items.stream().flatMap(item -> item.fact().stream()).toList();
    }

    @Override
    public String script() {
        return new Script("jvm.bash")
                .set("facts", items.stream().map(Item::request).distinct().collect(Collectors.joining("\n")))
                .probe("JvmProbe")
                .text();
    }
}
