package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.emulator.xml.Xml;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import io.github.lambdashell.target.local.endpoint.sigv4.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A page of a bucket's listing. */
final class Listing {
    private static final int LARGEST_PAGE = 1000;

    final String prefix;
    final String delimiter;
    final int maxKeys;
    private final boolean urlEncoded;
    /** Versions on the page. */
    final List<ObjectVersion> versions = new ArrayList<>();
    /** Prefixes on the page that stand for all keys with the delimiter after them. */
    final TreeSet<String> commonPrefixes = new TreeSet<>(ObjectStore.BY_UTF8);
    /** Last version of the page, listed itself or by its common prefix; null if the page is empty. */
    ObjectVersion last;

    boolean truncated;

    Listing(Exchange exchange) {
        prefix = parameter(exchange, "prefix");
        delimiter = parameter(exchange, "delimiter");
        maxKeys = maxKeys(parameter(exchange, "max-keys"));
        urlEncoded = parameter(exchange, "encoding-type").equals("url");
        if (!urlEncoded && exchange.query().containsKey("encoding-type")) {
            throw new AwsException(400, "InvalidArgument", "Invalid Encoding Method specified in Request");
        }
    }

    /** Returns a query parameter's value; the empty string if it is absent. */
    static String parameter(Exchange exchange, String name) {
        List<String> values = exchange.query().get(name);
        return values == null ? "" : values.get(0);
    }

    private static int maxKeys(String value) {
        if (value.isEmpty()) {
            return LARGEST_PAGE;
        }
        if (!value.matches("[0-9]{1,9}")) {
            throw new AwsException(400, "InvalidArgument", "Provided max-keys not an integer or within integer range");
        }
        return Math.min(LARGEST_PAGE, Integer.parseInt(value));
    }

    /**
     * Fills the page.
     *
     * @param remaining versions that previous pages have not listed, in order
     */
    void fill(List<ObjectVersion> remaining) {
        for (ObjectVersion version : remaining) {
            String group = group(version.key());
            boolean isNew = group == null || !commonPrefixes.contains(group);
            if (isNew && versions.size() + commonPrefixes.size() == maxKeys) {
                truncated = maxKeys > 0;
                return;
            }
            if (group == null) {
                versions.add(version);
            } else {
                commonPrefixes.add(group);
            }
            last = version;
        }
    }

    private String group(String key) {
        int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        return end < 0 ? null : key.substring(0, end + delimiter.length());
    }

    /** Writes the elements that all listings have in common. */
    void describe(Xml xml, String bucket) {
        xml.element("Name", bucket)
                .element("Prefix", encode(prefix))
                .element("MaxKeys", maxKeys)
                .element("Delimiter", delimiter.isEmpty() ? null : encode(delimiter))
                .element("EncodingType", urlEncoded ? "url" : null)
                .element("IsTruncated", truncated);
        for (String group : commonPrefixes) {
            xml.element("CommonPrefixes", inner -> inner.element("Prefix", encode(group)));
        }
    }

    /** Encodes a key as the client requests, because XML does not allow every character. */
    String encode(String key) {
        return urlEncoded ? Percent.encodePath(key) : key;
    }
}
