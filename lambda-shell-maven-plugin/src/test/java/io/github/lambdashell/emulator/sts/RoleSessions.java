package io.github.lambdashell.emulator.sts;

import io.github.lambdashell.target.local.function.FunctionDefinition;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The roles' sessions of one endpoint, made as functions start and gone with it. Safe for use by several threads. */
public final class RoleSessions {
    private final String accountId;
    private final Map<String, RoleSession> byFunction = new ConcurrentHashMap<>();
    private final Map<String, RoleSession> byKey = new ConcurrentHashMap<>();
    private volatile URI endpoint;

    /** @param accountId 12 digits */
    public RoleSessions(String accountId) {
        this.accountId = accountId;
    }

    /** Says where STS is, before the first function starts. */
    public void reach(URI uri) {
        endpoint = uri;
    }

    /** The credentials that a function finds in its environment, and where they are good. */
    public Map<String, String> environment(FunctionDefinition function) {
        RoleSession session = byFunction.computeIfAbsent(function.name() + " " + function.roleArn(), name -> {
            RoleSession made = new RoleSession(accountId, function);
            byKey.put(made.keys().accessKeyId(), made);
            return made;
        });
        Map<String, String> environment = new TreeMap<>(session.environment());
        environment.put("AWS_ENDPOINT_URL_STS", endpoint.toString());
        return environment;
    }

    /** The session of an access key. */
    public Optional<RoleSession> find(String accessKeyId) {
        return Optional.ofNullable(byKey.get(accessKeyId));
    }
}
