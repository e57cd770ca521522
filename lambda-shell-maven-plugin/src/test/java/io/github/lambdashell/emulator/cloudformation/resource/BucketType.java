package io.github.lambdashell.emulator.cloudformation.resource;

import io.github.lambdashell.emulator.s3.Bucket;
import io.github.lambdashell.emulator.s3.Bucket.Versioning;
import io.github.lambdashell.emulator.s3.BucketStore;
import io.github.lambdashell.target.local.endpoint.AwsException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code AWS::S3::Bucket}. Of its properties only versioning is implemented; the bucket is private to the user, and its
 * objects don't expire.
 */
final class BucketType implements ResourceType {
    private static final Shape DAYS = Shape.integer(1, Integer.MAX_VALUE);
    private static final Shape LIFECYCLE_RULE = new Shape.Members()
            .optional("Id", Shape.text(".{1,255}"))
            .required("Status", Shape.oneOf("Enabled", "Disabled"))
            .optional("Prefix", Shape.text())
            .optional("ExpirationInDays", DAYS)
            .optional("ExpiredObjectDeleteMarker", Shape.flag())
            .optional("NoncurrentVersionExpirationInDays", DAYS)
            .optional(
                    "NoncurrentVersionExpiration",
                    new Shape.Members()
                            .required("NoncurrentDays", DAYS)
                            .optional("NewerNoncurrentVersions", Shape.integer(1, 100)))
            .optional("AbortIncompleteMultipartUpload", new Shape.Members().required("DaysAfterInitiation", DAYS));
    private static final Shape ENCRYPTION_RULE = new Shape.Members()
            .optional(
                    "ServerSideEncryptionByDefault",
                    new Shape.Members()
                            .required("SSEAlgorithm", Shape.oneOf("AES256", "aws:kms", "aws:kms:dsse"))
                            .optional("KMSMasterKeyID", Shape.text()))
            .optional("BucketKeyEnabled", Shape.flag());
    private static final Shape SHAPE = new Shape.Members()
            .optional("BucketName", Shape.text("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"))
            .optional(
                    "BucketEncryption",
                    new Shape.Members().required("ServerSideEncryptionConfiguration", Shape.list(ENCRYPTION_RULE, 1)))
            .optional("LifecycleConfiguration", new Shape.Members().required("Rules", Shape.list(LIFECYCLE_RULE, 1000)))
            .optional(
                    "OwnershipControls",
                    new Shape.Members()
                            .required(
                                    "Rules",
                                    Shape.list(
                                            new Shape.Members()
                                                    .optional(
                                                            "ObjectOwnership",
                                                            Shape.oneOf(
                                                                    "BucketOwnerEnforced",
                                                                    "BucketOwnerPreferred",
                                                                    "ObjectWriter")),
                                            1)))
            .optional(
                    "PublicAccessBlockConfiguration",
                    new Shape.Members()
                            .optional("BlockPublicAcls", Shape.flag())
                            .optional("BlockPublicPolicy", Shape.flag())
                            .optional("IgnorePublicAcls", Shape.flag())
                            .optional("RestrictPublicBuckets", Shape.flag()))
            .optional("Tags", Shape.tags())
            .optional(
                    "VersioningConfiguration",
                    new Shape.Members().required("Status", Shape.oneOf("Enabled", "Suspended")));

    private final Place place;
    private final BucketStore buckets;

    BucketType(Place place, BucketStore buckets) {
        this.place = place;
        this.buckets = buckets;
    }

    @Override
    public String name() {
        return "AWS::S3::Bucket";
    }

    @Override
    public Set<String> attributes() {
        return Set.of("Arn", "DomainName", "DualStackDomainName", "RegionalDomainName", "WebsiteURL");
    }

    @Override
    public Set<String> replacingProperties() {
        return Set.of("BucketName");
    }

    @Override
    public void check(ResourceRequest request) throws ResourceFailure {
        Checked.properties(SHAPE, request);
    }

    @Override
    public String choosePhysicalId(ResourceRequest request) {
        String name = request.text("BucketName");
        return name == null ? PhysicalNames.choose(request, 63).toLowerCase(Locale.ROOT) : name;
    }

    @Override
    public Map<String, String> create(String physicalId, ResourceRequest request) throws ResourceFailure, IOException {
        try {
            buckets.create(physicalId, versioning(request, Versioning.OFF), request.tags());
        } catch (AwsException e) {
            boolean taken = e.status() == 409;
            throw ResourceFailure.of(
                    "S3",
                    e.status(),
                    taken ? physicalId + " already exists" : e.getMessage(),
                    taken ? "AlreadyExists" : "InvalidRequest");
        }
        return attributes(physicalId);
    }

    @Override
    public Map<String, String> update(String physicalId, ResourceRequest request) throws ResourceFailure, IOException {
        Bucket bucket = buckets.find(physicalId)
                .orElseThrow(() -> ResourceFailure.of("S3", 404, "The specified bucket does not exist", "NotFound"));
        // Versioning can be suspended but not turned off.
        Versioning without = bucket.versioning() == Versioning.OFF ? Versioning.OFF : Versioning.SUSPENDED;
        buckets.update(new Bucket(physicalId, bucket.created(), versioning(request, without), request.tags()));
        return attributes(physicalId);
    }

    private static Versioning versioning(ResourceRequest request, Versioning otherwise) {
        Object status = request.object("VersioningConfiguration").get("Status");
        return status == null ? otherwise : Versioning.valueOf(status.toString().toUpperCase(Locale.ROOT));
    }

    private Map<String, String> attributes(String name) {
        return Map.of(
                "Arn",
                "arn:" + place.partition() + ":s3:::" + name,
                "DomainName",
                name + ".s3." + place.urlSuffix(),
                "RegionalDomainName",
                name + ".s3." + place.region() + "." + place.urlSuffix(),
                "DualStackDomainName",
                name + ".s3.dualstack." + place.region() + "." + place.urlSuffix(),
                "WebsiteURL",
                "http://" + name + ".s3-website-" + place.region() + "." + place.urlSuffix());
    }

    @Override
    public void delete(String physicalId, String stackId) throws ResourceFailure, IOException {
        Optional<Bucket> bucket = buckets.find(physicalId)
                .filter(found -> stackId.equals(found.tags().get(ResourceRequest.STACK_ID_TAG)));
        try {
            if (bucket.isPresent()) {
                buckets.delete(physicalId);
            }
        } catch (AwsException e) {
            throw ResourceFailure.of("S3", e.status(), e.getMessage(), "GeneralServiceException");
        }
    }
}
