package io.github.lambdashell.mojo;

import io.github.lambdashell.check.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The values that no report and no log may show. */
final class Secrets {
    /** Of this machine, where a build finds them; the sandbox's own are known to the sandbox alone. */
    private static final Set<String> AWS = Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");

    private Secrets() {}

    /**
     * Collects them.
     *
     * @param names of variables beside AWS's, null for none
     * @param function the function's variables
     * @param checks whose commands may set variables too
     */
    static List<String> values(Collection<String> names, Map<String, String> function, List<Check> checks) {
        Set<String> secret = new HashSet<>(AWS);
        secret.addAll(names == null ? List.of() : names);
        List<Map<String, String>> places = new ArrayList<>(List.of(System.getenv(), function));
        checks.forEach(check -> places.add(check.command().environment()));
        return places.stream()
                .flatMap(place -> secret.stream().map(place::get))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
