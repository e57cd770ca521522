package io.github.lambdashell.target.local.endpoint.sigv4;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * The keys of one identity.
 *
 * @param accessKeyId in the form of AWS's: {@code AKIA}, or {@code ASIA} for a role's, and 16 capitals and digits
 * @param secretAccessKey 40 characters
 */
public record KeyPair(String accessKeyId, String secretAccessKey) {
    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String SECRET_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** A pair that nobody can guess. */
    public static KeyPair random() {
        return random("AKIA");
    }

    /** This one, if it has that id. */
    public Optional<KeyPair> named(String id) {
        return Hashes.equal(accessKeyId, id) ? Optional.of(this) : Optional.empty();
    }

    /** One for a role, which goes with a token. */
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

    /** Without the secret. */
    @Override
    public String toString() {
        return accessKeyId;
    }
}
