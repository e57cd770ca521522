package io.github.lambdashell.check;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The execution environments in which a check runs at the same time.
 *
 * @param count their number, 1 for a check that is not sampled
 * @param spread expectations of all of them together, not null
 */
public record Samples(int count, List<Spread> spread) {
    /** A check that is not sampled. */
    public static final Samples NONE = new Samples(1, List.of());

    public Samples {
        spread = List.copyOf(spread);
    }

    /** Returns whether the check runs in several execution environments. */
    public boolean isSampled() {
        return count > 1;
    }

    /** An expectation of all execution environments together. */
    @FunctionalInterface
    public interface Spread {
        /** Returns the violations; empty when the expectation is met. */
        List<Violation> violations(List<Sample> samples);
    }

    /** A fact that may differ from one execution environment to the next. */
    public enum Fact {
        /** The processor. */
        CPU_MODEL("cpuModel", "cpuModels", "models of the processor"),
        /** The number of processors. */
        CPUS("cpus", "cpuCounts", "numbers of processors"),
        /** The kernel's release. */
        KERNEL("kernel", "kernels", "releases of the kernel"),
        /** The operating system's name and version. */
        SYSTEM("system", "systems", "versions of the operating system"),
        /** The ARN of the runtime's version, which only a cold start on AWS reports. */
        RUNTIME_VERSION("runtimeVersion", "runtimeVersions", "versions of the runtime, by their ARNs"),
        /** The version of the runtime's Java. */
        JAVA("java", "javaVersions", "versions of the runtime's Java"),
        /** The memory of the machine. */
        MEMORY("memory", "memorySizes", "sizes of the memory"),
        /** The size of /tmp. */
        TMP("tmp", "tmpSizes", "sizes of /tmp");

        private final String word;
        private final String plural;
        private final String doc;

        Fact(String word, String plural, String doc) {
            this.word = word;
            this.plural = plural;
            this.doc = doc;
        }

        /** Returns the name in reports. */
        public String word() {
            return word;
        }

        /** Returns the name of its different values in configurations. */
        public String plural() {
            return plural;
        }

        /** Returns its different values in words. */
        public String doc() {
            return doc;
        }
    }

    /**
     * One execution environment.
     *
     * @param sandbox its id, not null
     * @param coldStart whether the check was its first request
     * @param failed whether an expectation was not met in it
     * @param facts its facts, without those that it does not have; not null
     */
    public record Sample(String sandbox, boolean coldStart, boolean failed, Map<Fact, String> facts) {
        public Sample {
            Objects.requireNonNull(sandbox);
            Map<Fact, String> ordered = new EnumMap<>(Fact.class);
            ordered.putAll(facts);
            facts = Collections.unmodifiableMap(ordered);
        }

        /** Reads the facts of lines {@code name=value}; others are left out. */
        public static Map<Fact, String> facts(String printed) {
            Map<Fact, String> facts = new EnumMap<>(Fact.class);
            for (Fact fact : Fact.values()) {
                String prefix = fact.word + "=";
                printed.lines()
                        .filter(line -> line.startsWith(prefix) && line.length() > prefix.length())
                        .findFirst()
                        .ifPresent(line -> facts.put(fact, line.substring(prefix.length())));
            }
            return facts;
        }
    }

    /** Returns the different values of a fact, each with the number of execution environments that have it. */
    public static Map<String, Long> values(Fact fact, List<Sample> samples) {
        return samples.stream()
                .flatMap(sample -> Optional.ofNullable(sample.facts().get(fact)).stream())
                .collect(Collectors.groupingBy(value -> value, LinkedHashMap::new, Collectors.counting()));
    }
}
