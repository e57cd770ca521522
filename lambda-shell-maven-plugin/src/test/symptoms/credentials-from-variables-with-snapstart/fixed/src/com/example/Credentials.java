package com.example;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The function's credentials, of its variables or, with SnapStart, of an endpoint. */
final class Credentials {
    private static final Pattern ID = Pattern.compile("\"AccessKeyId\"\\s*:\\s*\"([^\"]+)\"");

    private Credentials() {}

    static String accessKeyId() throws IOException {
        String uri = System.getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        return uri == null ? System.getenv("AWS_ACCESS_KEY_ID") : fetch(uri);
    }

    private static String fetch(String uri) throws IOException {
        URLConnection connection = new URL(uri).openConnection();
        connection.setRequestProperty("Authorization", System.getenv("AWS_CONTAINER_AUTHORIZATION_TOKEN"));
        try (InputStream answer = connection.getInputStream()) {
            Matcher id = ID.matcher(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
            if (!id.find()) {
                throw new IOException("no credentials at " + uri);
            }
            return id.group(1);
        }
    }
}
