package io.github.lambdashell.emulator.cloudformation.resource;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** One type of resources. */
public interface ResourceType {
    /** Such as {@code AWS::S3::Bucket}. */
    String name();

    /** What {@code Fn::GetAtt} knows of it; nothing unless a type says so. */
    default Set<String> attributes() {
        return Set.of();
    }

    /** Properties that can't be changed: with another value another resource takes its place. */
    Set<String> replacingProperties();

    /** Whether the stack's tags go on to its resources, so that a change of tags changes them; so they do for most. */
    default boolean isTagged() {
        return true;
    }

    /**
     * Looks at the properties.
     *
     * @throws ResourceFailure when they aren't right
     */
    void check(ResourceRequest request) throws ResourceFailure;

    /** What {@code Ref} gives: the name that was asked for, or a new one. */
    String choosePhysicalId(ResourceRequest request);

    /**
     * Makes a resource.
     *
     * @return its attributes
     * @throws ResourceFailure when it couldn't be made; then nothing was made
     */
    Map<String, String> create(String physicalId, ResourceRequest request) throws ResourceFailure, IOException;

    /**
     * Changes a resource that was made.
     *
     * @return its attributes
     * @throws ResourceFailure when it couldn't be changed; then it is as it was
     */
    Map<String, String> update(String physicalId, ResourceRequest request) throws ResourceFailure, IOException;

    /**
     * Removes a resource. One that isn't there, or isn't this stack's, is no fault.
     *
     * @throws ResourceFailure when it couldn't be removed
     */
    void delete(String physicalId, String stackId) throws ResourceFailure, IOException;
}
