package io.github.lambdashell.target.local.endpoint.sigv4;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * The access key of one identity.
 *
 * @param accessKeyId id in AWS's form: {@code AKIA}, or {@code ASIA} for a role, and 16 capitals and digits; not null
 * @param secretAccessKey secret of 40 characters, not null
 */
public record KeyPair(String accessKeyId, String secretAccessKey) {
    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String SECRET_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** Returns a new pair from a secure random generator. */
    public static KeyPair random() {
        return random("AKIA");
    }

    /** Returns this pair if it has the given id, otherwise empty. */
    public Optional<KeyPair> named(String id) {
        return Hashes.equal(accessKeyId, id) ? Optional.of(this) : Optional.empty();
    }

    /** Returns a new pair for a role, which is used together with a token. */
    public static KeyPair temporary() {
        return random("ASIA");
    }

    private static KeyPair random(String prefix) {
        SecureRandom random = new SecureRandom();
        return new KeyPair(prefix + pick(random, ID_ALPHABET, 16), pick(random, SECRET_ALPHABET, 40));
    }

    private static String pick(SecureRandom random, String alphabet, int length) {
        StringBuilder picked = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            picked.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return picked.toString();
    }

    /** Returns the id; the secret must not get into logs. */
    @Override
    public String toString() {
        return accessKeyId;
    }
}
