package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.DeployListener;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The objects in buckets, in all versions. CloudFormation can't delete a bucket that is not empty. */
final class BucketContents {
    private final S3Client s3;
    private final DeployListener listener;

    BucketContents(S3Client s3, DeployListener listener) {
        this.s3 = s3;
        this.listener = listener;
    }

    /**
     * Deletes every version and delete marker whose key begins with a prefix.
     *
     * @throws ShellException if S3 can't delete one
     */
    void remove(String bucket, String prefix) {
        try {
            removeVersions(bucket, prefix);
        } catch (NoSuchBucketException e) {
            // The bucket was deleted by hand, so there is nothing left to do.
            listener.step("the bucket " + bucket + " is already deleted");
        } catch (S3Exception e) {
            if (!AwsFailure.isUnknownOperation(e)) {
                throw e;
            }
            removeObjects(bucket, prefix);
        }
    }

    /** Returns whether a bucket has an object. */
    boolean has(String bucket, String key) {
        return s3.listObjectsV2(request -> request.bucket(bucket).prefix(key).maxKeys(1)).contents().stream()
                .anyMatch(object -> key.equals(object.key()));
    }

    private void removeVersions(String bucket, String prefix) {
        // A page has at most 1000 versions, which is also the limit of one delete request.
        for (ListObjectVersionsResponse page :
                s3.listObjectVersionsPaginator(r -> r.bucket(bucket).prefix(prefix))) {
            remove(
                    bucket,
                    Stream.concat(
                                    page.versions().stream().map(version -> object(version.key(), version.versionId())),
                                    page.deleteMarkers().stream()
                                            .map(marker -> object(marker.key(), marker.versionId())))
                            .toList());
        }
    }

    /** Deletes the objects on emulators that don't support versions. */
    private void removeObjects(String bucket, String prefix) {
        for (ListObjectsV2Response page :
                s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix))) {
            remove(
                    bucket,
                    page.contents().stream()
                            .map(object -> object(object.key(), null))
                            .toList());
        }
    }

    private void remove(String bucket, List<ObjectIdentifier> objects) {
        if (objects.isEmpty()) {
            return;
        }
        Delete delete = Delete.builder().objects(objects).quiet(true).build();
        DeleteObjectsResponse deleted;
        try {
            deleted = s3.deleteObjects(request -> request.bucket(bucket).delete(delete));
        } catch (S3Exception e) {
            if (!AwsFailure.isUnknownOperation(e)) {
                throw e;
            }
            removeSingly(bucket, objects);
            return;
        }
        deleted.errors().stream()
                // Another build has deleted it in the meantime.
                .filter(error -> !"NoSuchVersion".equals(error.code()))
                .findFirst()
                .ifPresent(error -> {
                    throw new ShellException(
                            "The bucket " + bucket + " could not be emptied: " + error.key() + ", " + error.message(),
                            "Empty it by hand (aws s3 rm s3://" + bucket
                                    + " --recursive), then run lshell:teardown again");
                });
    }

    /** Deletes one object per request, for emulators that don't support DeleteObjects. */
    private void removeSingly(String bucket, List<ObjectIdentifier> objects) {
        for (ObjectIdentifier object : objects) {
            s3.deleteObject(request -> request.bucket(bucket).key(object.key()).versionId(object.versionId()));
        }
    }

    private static ObjectIdentifier object(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }
}
