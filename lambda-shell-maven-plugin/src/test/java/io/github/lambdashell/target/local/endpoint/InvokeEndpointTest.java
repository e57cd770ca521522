package io.github.lambdashell.target.local.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.function.FunctionCatalog;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvokeEndpointTest {
    private static final FunctionCatalog NO_FUNCTIONS = new FunctionCatalog() {
        @Override
        public List<FunctionDefinition> list() {
            return List.of();
        }

        @Override
        public Optional<FunctionDefinition> get(String functionName) {
            return Optional.empty();
        }
    };

    @Test
    void aRequestWithoutASignatureIsRefused() throws IOException, InterruptedException {
        try (InvokeEndpoint endpoint = InvokeEndpoint.start(NO_FUNCTIONS, null)) {
            URI url = URI.create(endpoint.clientEnvironment("us-east-1").get("AWS_ENDPOINT_URL"));
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/2015-03-31/functions/"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();

            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("Missing Authentication Token");
        }
    }
}
