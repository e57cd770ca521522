package io.github.lambdashell.emulator.cloudformation.stack;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A stack as its file stores it. Changed only by the operation that owns it; not safe for use by several threads. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class Stack {
    private static final int MOST_EVENTS = 1000;
    private static final String REVIEW = "REVIEW_IN_PROGRESS";
    private static final Set<String> UPDATABLE =
            Set.of("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE");

    private final String id;
    private final String name;
    private final Instant created;
    private final List<StackResource> resources = new ArrayList<>();
    private final List<StackResource> garbage = new ArrayList<>();
    private final List<StackEvent> events = new ArrayList<>();
    private final StackChangeSets changeSets = new StackChangeSets();
    private StackSpec spec;
    private Restore restore;
    private List<StackOutput> outputs = List.of();
    private String description;
    private String status;
    private String statusReason;
    private Instant updated;
    private Instant deleted;
    private String token;
    private String onFailure;
    private String roleArn;
    private boolean terminationProtection;
    private Owner owner;

    /** State to which a failed update is rolled back. */
    record Restore(StackSpec spec, List<StackResource> resources, List<StackOutput> outputs, String description) {}

    @JsonCreator
    Stack(@JsonProperty("id") String id, @JsonProperty("name") String name, @JsonProperty("created") Instant created) {
        this.id = id;
        this.name = name;
        this.created = created;
    }

    /** Returns the ARN. */
    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Instant created() {
        return created;
    }

    /** Returns the time of the last update; null if there was none. */
    public Instant updated() {
        return updated;
    }

    /** Returns the time of the deletion; null if the stack is not deleted. */
    public Instant deleted() {
        return deleted;
    }

    public StackSpec spec() {
        return spec;
    }

    /** Returns the description; null if there is none. */
    public String description() {
        return description;
    }

    public String status() {
        return status;
    }

    /** Returns the reason of the status; null if there is none. */
    public String statusReason() {
        return statusReason;
    }

    /** Returns the token of the request for the last operation; null if it had none. */
    public String token() {
        return token;
    }

    /** Returns {@code ROLLBACK}, {@code DO_NOTHING} or {@code DELETE}. */
    public String onFailure() {
        return onFailure;
    }

    /** Returns the role for CloudFormation; null for none. */
    public String roleArn() {
        return roleArn;
    }

    public boolean terminationProtection() {
        return terminationProtection;
    }

    public List<StackOutput> outputs() {
        return outputs;
    }

    /** Returns the events, the oldest first. */
    public List<StackEvent> events() {
        return events;
    }

    /** Returns the resources in the order of their creation. */
    public List<StackResource> resources() {
        return resources;
    }

    public Optional<StackResource> resource(String logicalId) {
        return resources.stream()
                .filter(resource -> resource.logicalId().equals(logicalId))
                .findFirst();
    }

    public StackChangeSets changeSets() {
        return changeSets;
    }

    /** Returns whether an operation is in progress. */
    public boolean isInProgress() {
        return status.endsWith("_IN_PROGRESS") && !isUnderReview();
    }

    /** Returns whether the stack consists only of change sets. */
    boolean isUnderReview() {
        return status.equals(REVIEW);
    }

    boolean isUpdatable() {
        return UPDATABLE.contains(status);
    }

    public boolean isDeleted() {
        return status.equals("DELETE_COMPLETE");
    }

    /** Returns the resources that were replaced or removed and still have to be deleted. */
    List<StackResource> garbage() {
        return garbage;
    }

    Owner owner() {
        return owner;
    }

    Restore restore() {
        return restore;
    }

    /** Sets the status of a stack that is created when a change set is executed. */
    void review() {
        status(REVIEW, "User Initiated");
    }

    /** Begins an operation. */
    void begin(String newStatus, String newToken, Owner newOwner) {
        token = newToken;
        owner = newOwner;
        status(newStatus, "User Initiated");
    }

    /**
     * Sets the plan of a creation.
     *
     * @param newOnFailure null if it is unknown
     */
    void planCreation(Plan plan, String newOnFailure) {
        spec = plan.spec();
        description = plan.description();
        onFailure = newOnFailure;
        roleArn = plan.roleArn();
    }

    void protect(boolean isProtected) {
        terminationProtection = isProtected;
    }

    /**
     * Sets the plan of an update, and saves the current state for a rollback. A role that was given earlier is kept.
     */
    void planUpdate(Plan plan) {
        restore = new Restore(spec, List.copyOf(resources), outputs, description);
        spec = plan.spec();
        description = plan.description();
        updated = Instant.now();
        roleArn = plan.roleArn() == null ? roleArn : plan.roleArn();
    }

    /** Discards the state for a rollback. */
    void forgetRestore() {
        restore = null;
    }

    void restoreSpec() {
        spec = restore.spec();
        description = restore.description();
        outputs = restore.outputs();
    }

    void outputs(List<StackOutput> newOutputs) {
        outputs = newOutputs;
    }

    void status(String newStatus, String reason) {
        status = newStatus;
        statusReason = reason;
        if (newStatus.equals("DELETE_COMPLETE")) {
            deleted = Instant.now();
        }
        if (!isInProgress()) {
            owner = null;
        }
        event(name, id, StackEvent.STACK_TYPE, newStatus, reason);
    }

    /** Replaces the resource of the same name, and adds an event. */
    void resource(StackResource resource) {
        replace(resource);
        resourceEvent(resource);
    }

    /** Replaces the resource of the same name without an event. */
    void replace(StackResource resource) {
        for (int i = 0; i < resources.size(); i++) {
            if (resources.get(i).logicalId().equals(resource.logicalId())) {
                resources.set(i, resource);
                return;
            }
        }
        resources.add(resource);
    }

    void resourceEvent(StackResource resource) {
        event(resource.logicalId(), resource.physicalId(), resource.type(), resource.status(), resource.reason());
    }

    private void event(String logicalId, String physicalId, String type, String eventStatus, String reason) {
        if (events.size() == MOST_EVENTS) {
            events.remove(0);
        }
        String eventId = UUID.randomUUID().toString();
        events.add(new StackEvent(eventId, logicalId, physicalId, type, eventStatus, reason, Instant.now(), token));
    }
}
