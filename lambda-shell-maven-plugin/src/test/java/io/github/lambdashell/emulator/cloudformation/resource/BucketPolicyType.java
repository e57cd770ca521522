package io.github.lambdashell.emulator.cloudformation.resource;

import io.github.lambdashell.emulator.s3.BucketStore;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** {@code AWS::S3::BucketPolicy}: validated, but not enforced. The endpoint's key gives full access to all buckets. */
final class BucketPolicyType implements ResourceType {
    private static final Shape SHAPE =
            new Shape.Members().required("Bucket", Shape.text()).required("PolicyDocument", Shape.json());

    private final BucketStore buckets;

    BucketPolicyType(BucketStore buckets) {
        this.buckets = buckets;
    }

    @Override
    public String name() {
        return "AWS::S3::BucketPolicy";
    }

    @Override
    public Set<String> replacingProperties() {
        return Set.of("Bucket");
    }

    @Override
    public boolean isTagged() {
        return false;
    }

    @Override
    public void check(ResourceRequest request) throws ResourceFailure {
        Checked.properties(SHAPE, request);
        Checked.policy("PolicyDocument", request.object("PolicyDocument"));
    }

    @Override
    public String choosePhysicalId(ResourceRequest request) {
        return request.text("Bucket");
    }

    @Override
    public Map<String, String> create(String physicalId, ResourceRequest request) throws ResourceFailure, IOException {
        if (buckets.find(physicalId).isEmpty()) {
            throw ResourceFailure.of("S3", 404, "The specified bucket does not exist", "NotFound");
        }
        return Map.of();
    }

    @Override
    public Map<String, String> update(String physicalId, ResourceRequest request) throws ResourceFailure, IOException {
        return create(physicalId, request);
    }

    @Override
    public void delete(String physicalId, String stackId) {
        // It is deleted with its bucket.
    }
}
