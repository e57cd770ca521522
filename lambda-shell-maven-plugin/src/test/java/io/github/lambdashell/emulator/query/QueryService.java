package io.github.lambdashell.emulator.query;

import io.github.lambdashell.emulator.Service;
import io.github.lambdashell.emulator.xml.Xml;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** A service with the Query protocol. */
public final class QueryService implements Service {
    private final String namespace;
    private final Map<String, Action> actions;

    /** An action of the service. */
    @FunctionalInterface
    public interface Action {
        /**
         * Runs the action.
         *
         * @return writer of the content of the result element
         * @throws AwsException if the request is rejected
         */
        Consumer<Xml> run(QueryRequest request) throws IOException;
    }

    /**
     * Creates a service.
     *
     * @param namespace XML namespace of the responses
     * @param actions actions by name
     */
    public QueryService(String namespace, Map<String, Action> actions) {
        this.namespace = namespace;
        this.actions = new TreeMap<>(actions);
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        QueryRequest request = QueryRequest.read(exchange);
        String name = request.get("Action").orElse("");
        Action action = actions.get(name);
        if (action == null) {
            throw new AwsException(
                    400,
                    "InvalidAction",
                    "Could not find operation " + name + "; the local endpoint has "
                            + String.join(", ", actions.keySet()));
        }
        Consumer<Xml> result = action.run(request);
        String requestId = UUID.randomUUID().toString();
        byte[] answer = Xml.document(name + "Response", namespace, xml -> xml.element(name + "Result", result)
                .element("ResponseMetadata", metadata -> metadata.element("RequestId", requestId)));
        exchange.respond(200, Map.of("content-type", "text/xml", "x-amzn-requestid", requestId), answer);
    }
}
