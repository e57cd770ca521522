package io.github.lambdashell.fake;

import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.fault.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versioned buckets with the bucket in the path. */
public final class FakeS3 {
    private static final Pattern DELETED =
            Pattern.compile("<Object><Key>(.*?)</Key>(?:<VersionId>(.*?)</VersionId>)?</Object>");
    private static final int PAGE = 1000;

    private final Map<String, List<Version>> buckets = new ConcurrentHashMap<>();
    private int versions;

    /** A version of an object, or a delete marker. */
    public record Version(String key, String id, boolean marker, byte[] content) {}

    public void makeBucket(String bucket) {
        buckets.put(bucket, new ArrayList<>());
    }

    /** Returns the names of all buckets. */
    public Set<String> buckets() {
        return Set.copyOf(buckets.keySet());
    }

    public boolean hasBucket(String bucket) {
        return buckets.containsKey(bucket);
    }

    void removeBucket(String bucket) {
        buckets.remove(bucket);
    }

    /** Returns the versions and delete markers in a bucket. */
    public List<Version> versions(String bucket) {
        return buckets.get(bucket);
    }

    /** Adds a version, or a delete marker if the content is null. */
    public synchronized void put(String bucket, String key, byte[] content) {
        String id = String.format("v%06d", ++versions);
        buckets.get(bucket).add(new Version(key, id, content == null, content));
    }

    synchronized HttpAnswer answer(HttpCall call) {
        String[] path = call.path().substring(1).split("/", 2);
        String bucket = path[0];
        if (!hasBucket(bucket)) {
            return HttpAnswer.s3Error(404, "NoSuchBucket", "The specified bucket does not exist");
        }
        return switch (call.operation()) {
            case "PutObject" -> {
                put(bucket, path[1], call.body());
                yield HttpAnswer.of(200, "application/xml", "");
            }
            case "ListObjectVersions" -> list(bucket, call.query());
            case "ListObjectsV2" -> listObjects(bucket, call.query().getOrDefault("prefix", ""));
            case "DeleteObject" -> {
                String id = call.query().get("versionId");
                versions(bucket)
                        .removeIf(version -> version.key().equals(path[1])
                                && (id == null || version.id().equals(id)));
                yield HttpAnswer.of(204, "application/xml", "");
            }
            default -> delete(bucket, new String(call.body(), StandardCharsets.UTF_8));
        };
    }

    private HttpAnswer list(String bucket, Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String after = query.getOrDefault("version-id-marker", "");
        List<Version> found = versions(bucket).stream()
                .filter(version ->
                        version.key().startsWith(prefix) && version.id().compareTo(after) > 0)
                .toList();
        List<Version> page = found.subList(0, Math.min(PAGE, found.size()));
        StringBuilder xml = new StringBuilder("<ListVersionsResult>");
        for (Version version : page) {
            String element = version.marker() ? "DeleteMarker" : "Version";
            xml.append('<').append(element).append("><Key>").append(version.key());
            xml.append("</Key><VersionId>").append(version.id()).append("</VersionId></");
            xml.append(element).append('>');
        }
        boolean more = page.size() < found.size();
        xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
        if (more) {
            Version last = page.get(page.size() - 1);
            xml.append("<NextKeyMarker>").append(last.key()).append("</NextKeyMarker><NextVersionIdMarker>");
            xml.append(last.id()).append("</NextVersionIdMarker>");
        }
        return HttpAnswer.of(200, "application/xml", xml + "</ListVersionsResult>");
    }

    private HttpAnswer listObjects(String bucket, String prefix) {
        StringBuilder xml = new StringBuilder("<ListBucketResult>");
        versions(bucket).stream()
                .map(Version::key)
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> xml.append("<Contents><Key>" + key + "</Key></Contents>"));
        return HttpAnswer.of(200, "application/xml", xml + "</ListBucketResult>");
    }

    private HttpAnswer delete(String bucket, String body) {
        Set<String> deleted = new HashSet<>();
        for (Matcher object = DELETED.matcher(body); object.find(); ) {
            deleted.add(object.group(2) == null ? object.group(1) : object.group(2));
        }
        if (deleted.size() > PAGE) {
            return HttpAnswer.s3Error(400, "MalformedXML", "more than " + PAGE + " objects");
        }
        versions(bucket).removeIf(version -> deleted.contains(version.id()) || deleted.contains(version.key()));
        return HttpAnswer.of(200, "application/xml", "<DeleteResult></DeleteResult>");
    }
}
