package io.github.lambdashell.emulator.cloudformation.resource;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** A resource type. */
public interface ResourceType {
    /** Returns the name, such as {@code AWS::S3::Bucket}. */
    String name();

    /** Returns the attributes for {@code Fn::GetAtt}. Defaults to none. */
    default Set<String> attributes() {
        return Set.of();
    }

    /** Returns the properties that can't be updated: a new value replaces the resource. */
    Set<String> replacingProperties();

    /**
     * Returns whether the stack's tags are passed on to the resource, so that an update of the tags updates it.
     * Defaults to true.
     */
    default boolean isTagged() {
        return true;
    }

    /**
     * Validates the properties.
     *
     * @throws ResourceFailure if they are invalid
     */
    void check(ResourceRequest request) throws ResourceFailure;

    /** Returns the value of {@code Ref}: the configured name or a new one. */
    String choosePhysicalId(ResourceRequest request);

    /**
     * Creates a resource.
     *
     * @return its attributes
     * @throws ResourceFailure if it can't be created; then nothing was created
     */
    Map<String, String> create(String physicalId, ResourceRequest request) throws ResourceFailure, IOException;

    /**
     * Updates a resource.
     *
     * @return its attributes
     * @throws ResourceFailure if it can't be updated; it is then unchanged
     */
    Map<String, String> update(String physicalId, ResourceRequest request) throws ResourceFailure, IOException;

    /**
     * Deletes a resource. Does nothing if it does not exist or belongs to another stack.
     *
     * @throws ResourceFailure if it can't be deleted
     */
    void delete(String physicalId, String stackId) throws ResourceFailure, IOException;
}
