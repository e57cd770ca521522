package io.github.lambdashell.emulator.cloudformation.resource;

import java.security.SecureRandom;

/** Generated names of resources: stack, logical id and a random suffix. */
final class PhysicalNames {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_LENGTH = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PhysicalNames() {}

    /**
     * Returns a new name.
     *
     * @param longest maximum number of characters; the part before the suffix is shortened
     */
    static String choose(ResourceRequest request, int longest) {
        String prefix = request.stackName() + '-' + request.logicalId();
        int room = longest - RANDOM_LENGTH - 1;
        StringBuilder name = new StringBuilder(prefix.length() > room ? prefix.substring(0, room) : prefix).append('-');
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            name.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
