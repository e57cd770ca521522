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

/** A service that speaks the Query protocol: its actions by name. */
public final class QueryService implements Service {
    private final String namespace;
    private final Map<String, Action> actions;

    /** One action: takes its parameters, gives what is in its result element. */
    @FunctionalInterface
    public interface Action {
        /** @throws AwsException when it is refused */
        Consumer<Xml> run(QueryRequest request) throws IOException;
    }

    /**
     * @param namespace of the answers' XML
     * @param actions by name
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
