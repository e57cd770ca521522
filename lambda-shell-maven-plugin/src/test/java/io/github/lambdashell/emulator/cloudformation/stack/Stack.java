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

/** One stack, as it is kept in its file. Changed by the operation that owns it and by nobody else; not thread-safe. */
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

    /** What an update that fails goes back to. */
    record Restore(StackSpec spec, List<StackResource> resources, List<StackOutput> outputs, String description) {}

    @JsonCreator
    Stack(@JsonProperty("id") String id, @JsonProperty("name") String name, @JsonProperty("created") Instant created) {
        this.id = id;
        this.name = name;
        this.created = created;
    }

    /** Its ARN. */
    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Instant created() {
        return created;
    }

    /** Null when it never was. */
    public Instant updated() {
        return updated;
    }

    /** Null when it wasn't. */
    public Instant deleted() {
        return deleted;
    }

    public StackSpec spec() {
        return spec;
    }

    /** Null where there is none. */
    public String description() {
        return description;
    }

    public String status() {
        return status;
    }

    /** Null where there is none. */
    public String statusReason() {
        return statusReason;
    }

    /** Of the request that led to the last operation, null where that had none. */
    public String token() {
        return token;
    }

    /** {@code ROLLBACK}, {@code DO_NOTHING} or {@code DELETE}. */
    public String onFailure() {
        return onFailure;
    }

    /** The role that CloudFormation was asked to work under, null for none. */
    public String roleArn() {
        return roleArn;
    }

    public boolean terminationProtection() {
        return terminationProtection;
    }

    public List<StackOutput> outputs() {
        return outputs;
    }

    /** The oldest first. */
    public List<StackEvent> events() {
        return events;
    }

    /** In the order in which they were made. */
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

    /** Whether an operation is under way. */
    public boolean isInProgress() {
        return status.endsWith("_IN_PROGRESS") && !isUnderReview();
    }

    /** Whether there is nothing of it yet but change sets. */
    boolean isUnderReview() {
        return status.equals(REVIEW);
    }

    boolean isUpdatable() {
        return UPDATABLE.contains(status);
    }

    public boolean isDeleted() {
        return status.equals("DELETE_COMPLETE");
    }

    /** Things that belong to no resource any more and still have to be removed. */
    List<StackResource> garbage() {
        return garbage;
    }

    Owner owner() {
        return owner;
    }

    Restore restore() {
        return restore;
    }

    /** It is to be made once somebody executes a change set. */
    void review() {
        status(REVIEW, "User Initiated");
    }

    /** An operation begins. */
    void begin(String newStatus, String newToken, Owner newOwner) {
        token = newToken;
        owner = newOwner;
        status(newStatus, "User Initiated");
    }

    /** @param newOnFailure null as long as it isn't known */
    void planCreation(Plan plan, String newOnFailure) {
        spec = plan.spec();
        description = plan.description();
        onFailure = newOnFailure;
        roleArn = plan.roleArn();
    }

    void protect(boolean isProtected) {
        terminationProtection = isProtected;
    }

    /** Remembers what is there for the case that the update fails. A role that was given once sticks. */
    void planUpdate(Plan plan) {
        restore = new Restore(spec, List.copyOf(resources), outputs, description);
        spec = plan.spec();
        description = plan.description();
        updated = Instant.now();
        roleArn = plan.roleArn() == null ? roleArn : plan.roleArn();
    }

    /** From now on there is nothing to go back to. */
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

    /** Puts a resource in the place of the one of its name, and says what happened to it. */
    void resource(StackResource resource) {
        replace(resource);
        resourceEvent(resource);
    }

    /** The same without a word. */
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
