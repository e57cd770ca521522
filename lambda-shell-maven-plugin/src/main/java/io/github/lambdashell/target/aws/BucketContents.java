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
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What buckets hold, all versions of it. CloudFormation deletes no bucket that holds anything. */
final class BucketContents {
    private final S3Client s3;
    private final DeployListener listener;

    BucketContents(S3Client s3, DeployListener listener) {
        this.s3 = s3;
        this.listener = listener;
    }

    /**
     * Removes every version and delete marker whose key begins so.
     *
     * @throws ShellException when S3 keeps one
     */
    void remove(String bucket, String prefix) {
        try {
            removeVersions(bucket, prefix);
        } catch (NoSuchBucketException e) {
            // Somebody removed it by hand, which is where this leads.
            listener.step("the bucket " + bucket + " is already deleted");
        } catch (S3Exception e) {
            if (!AwsFailure.isUnknownOperation(e)) {
                throw e;
            }
            removeObjects(bucket, prefix);
        }
    }

    private void removeVersions(String bucket, String prefix) {
        // One page of versions is at most 1000, and so is what one request deletes.
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

    /** For emulators that know no versions. */
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
        if (deleted.hasErrors()) {
            S3Error first = deleted.errors().get(0);
            throw new ShellException(
                    "The bucket " + bucket + " could not be emptied: " + first.key() + ", " + first.message(),
                    "Empty it by hand (aws s3 rm s3://" + bucket + " --recursive), then run lshell:teardown again");
        }
    }

    /** For emulators that know no requests for many. */
    private void removeSingly(String bucket, List<ObjectIdentifier> objects) {
        for (ObjectIdentifier object : objects) {
            s3.deleteObject(request -> request.bucket(bucket).key(object.key()).versionId(object.versionId()));
        }
    }

    private static ObjectIdentifier object(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }
}
