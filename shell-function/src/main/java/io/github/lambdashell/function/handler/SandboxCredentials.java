package io.github.lambdashell.function.handler;

import io.github.lambdashell.function.json.JsonWriter;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The credentials of a process that is started for a snapshot: not in its environment, but at an endpoint, in the form of
 * the SDKs' container credential provider. They expire at the restore, as "Improving startup performance with Lambda
 * SnapStart" in Lambda's developer guide says of credentials in a snapshot.
 */
final class SandboxCredentials {
    static final String PATH = "/2021-04-23/credentials";

    private static final Duration BEFORE_RESTORE = Duration.ofMinutes(10);
    private static final Duration AFTER_RESTORE = Duration.ofHours(6);

    private final String token = UUID.randomUUID().toString();
    private Instant expiration = Instant.now().plus(BEFORE_RESTORE);

    /**
     * Changes a process's environment.
     *
     * @param address host and port of the endpoint
     */
    void addTo(Map<String, String> environment, String address) {
        environment.keySet().removeIf(name -> name.matches("AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)"));
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://" + address + PATH);
        environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", token);
    }

    /** Returns whether a request with this header may read them. */
    boolean accepts(String authorization) {
        return authorization != null && MessageDigest.isEqual(authorization.getBytes(), token.getBytes());
    }

    /** Starts another period of validity. */
    synchronized void renew() {
        expiration = Instant.now().plus(AFTER_RESTORE);
    }

    synchronized byte[] json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("AccessKeyId", System.getenv().getOrDefault("AWS_ACCESS_KEY_ID", ""));
        members.put("SecretAccessKey", System.getenv().getOrDefault("AWS_SECRET_ACCESS_KEY", ""));
        members.put("Token", System.getenv().getOrDefault("AWS_SESSION_TOKEN", ""));
        members.put("Expiration", expiration.truncatedTo(ChronoUnit.SECONDS).toString());
        return JsonWriter.write(members);
    }
}
