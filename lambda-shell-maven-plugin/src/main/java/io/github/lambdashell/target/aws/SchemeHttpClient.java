package io.github.lambdashell.target.aws;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** A pair of clients with different proxies: one for http, one for https. */
final class SchemeHttpClient implements SdkAsyncHttpClient {
    private final SdkAsyncHttpClient http;
    private final SdkAsyncHttpClient https;

    /** Combines two clients, which this one closes. */
    SchemeHttpClient(SdkAsyncHttpClient http, SdkAsyncHttpClient https) {
        this.http = http;
        this.https = https;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        return (request.request().protocol().equals("https") ? https : http).execute(request);
    }

    @Override
    public String clientName() {
        return https.clientName();
    }

    @Override
    public void close() {
        http.close();
        https.close();
    }
}
