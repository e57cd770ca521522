package io.github.lambdashell.target.local;

import java.security.SecureRandom;
import java.util.Map;

/**
 * The credentials in a function's environment. Lambda always sets these variables, so programs look for them; the local
 * target has no AWS identity, so they are random and valid nowhere.
 */
final class SandboxCredentials {
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String ALL = UPPER + "abcdefghijklmnopqrstuvwxyz0189";

    private SandboxCredentials() {}

    static Map<String, String> random() {
        SecureRandom random = new SecureRandom();
        return Map.of(
                "AWS_ACCESS_KEY_ID", "ASIA" + text(random, UPPER, 16),
                "AWS_SECRET_ACCESS_KEY", text(random, ALL, 40),
                "AWS_SESSION_TOKEN", text(random, ALL, 120));
    }

    private static String text(SecureRandom random, String letters, int length) {
        return random.ints(length, 0, letters.length())
                .mapToObj(letters::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }
}
