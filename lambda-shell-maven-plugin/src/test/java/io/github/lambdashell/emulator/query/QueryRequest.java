package io.github.lambdashell.emulator.query;

import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import io.github.lambdashell.target.local.endpoint.sigv4.Percent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of one action. */
public final class QueryRequest {
    private static final Set<String> COMMON = Set.of("Action", "Version");

    private final Map<String, List<String>> parameters;

    private QueryRequest(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** Reads the parameters from a request's body and query. */
    public static QueryRequest read(Exchange exchange) throws IOException {
        Map<String, List<String>> parameters = new LinkedHashMap<>(exchange.query());
        String form = new String(exchange.body().readAllBytes(), StandardCharsets.ISO_8859_1);
        parameters.putAll(Percent.decodeForm(form.strip()));
        return new QueryRequest(parameters);
    }

    /** Returns the value of a parameter, which can be an empty string; empty if it is absent. */
    public Optional<String> get(String name) {
        List<String> values = parameters.get(name);
        return values == null ? Optional.empty() : Optional.of(values.get(0));
    }

    /**
     * Returns the value of a required parameter.
     *
     * @throws AwsException 400 ValidationError if it is absent or empty
     */
    public String required(String name) {
        return get(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new AwsException(
                        400,
                        "ValidationError",
                        "1 validation error detected: Value null at '" + decapitalized(name)
                                + "' failed to satisfy constraint: Member must not be null"));
    }

    /**
     * Rejects parameters that the emulator does not support.
     *
     * @param supported names of parameters; the name of a list includes its members
     */
    public void requireOnly(String... supported) {
        Set<String> names = new TreeSet<>();
        parameters.keySet().forEach(name -> names.add(name.replaceFirst("\\..*", "")));
        names.removeAll(List.of(supported));
        names.removeAll(COMMON);
        names.removeIf(name -> name.startsWith("X-Amz-"));
        if (!names.isEmpty()) {
            throw new AwsException(
                    400, "ValidationError", "The local endpoint does not support " + String.join(", ", names));
        }
    }

    private static String decapitalized(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** Returns a boolean; false if it is absent. */
    public boolean flag(String name) {
        return get(name).filter(value -> value.equalsIgnoreCase("true")).isPresent();
    }

    /** Returns whether a list is present, even an empty one. */
    public boolean hasList(String name) {
        return parameters.containsKey(name) || parameters.containsKey(name + ".member") || item(name, 1);
    }

    private boolean item(String name, int number) {
        String key = name + ".member." + number;
        return parameters.keySet().stream().anyMatch(other -> other.equals(key) || other.startsWith(key + "."));
    }

    /** Returns a list of strings, {@code Name.member.N}. */
    public List<String> list(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 1; parameters.containsKey(name + ".member." + i); i++) {
            values.add(get(name + ".member." + i).orElseThrow());
        }
        return values;
    }

    /** Returns a list of structures, {@code Name.member.N.Field}, each with its values by field. */
    public List<Map<String, String>> structures(String name) {
        List<Map<String, String>> items = new ArrayList<>();
        for (int i = 1; item(name, i); i++) {
            String prefix = name + ".member." + i + ".";
            Map<String, String> fields = new LinkedHashMap<>();
            parameters.forEach((key, values) -> {
                if (key.startsWith(prefix)) {
                    fields.put(key.substring(prefix.length()), values.get(0));
                }
            });
            items.add(fields);
        }
        return items;
    }
}
