package io.github.lambdashell.target.aws;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A quota of an account that a deploy or an invocation can exceed, with its name and its code in Service Quotas. New
 * accounts have lower ones. The messages are those that AWS sent in public reports, because its documentation has only
 * the error codes, and CloudFormation quotes the messages without them.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>
 */
enum Quota {
    CONCURRENCY(
            "Concurrent executions",
            "lambda",
            "L-B99A9384",
            "UnreservedConcurrentExecution below its minimum|ConcurrentExecutions? .*(exceed|greater)|[Cc]oncurrency limit",
            "Reserve less concurrency: a part of the account's quota must remain unreserved, and a new account has as"
                    + " little as 10"),
    MEMORY(
            "Function memory maximum",
            "lambda",
            null,
            "'MemorySize' value failed to satisfy",
            "New accounts have a lower limit: set a smaller <memorySize> (lshell.memorySize)"),
    STORAGE(
            "Function and layer storage",
            "lambda",
            "L-2ACBD22F",
            "CodeStorageExceeded|[Cc]ode storage limit",
            "Delete functions, versions and layers that the account no longer needs"),
    NETWORK_INTERFACES(
            "Elastic network interfaces per VPC",
            "lambda",
            "L-9FEE3D26",
            "(?i)ENILimitReached|NetworkInterfaceLimitExceeded|limit.* network interfaces",
            "The VPC has no network interface left: remove unused ones"),
    STACKS("Stack count", "cloudformation", "L-0485CB21", "[Ll]imit for stack", Quota.CLEAN_UP),
    ROLES("Roles per account", "iam", "L-FE177D64", "RolesPerAccount", Quota.CLEAN_UP),
    BUCKETS(
            "General purpose buckets",
            "s3",
            "L-DC2B2D3D",
            "TooManyBuckets|[Tt]oo many buckets|more buckets than allowed",
            Quota.CLEAN_UP);

    private static final String CLEAN_UP =
            "Remove what the account no longer needs (mvn lshell:teardown -Dlshell.all lists this plugin's stacks)";

    static final String SLOW_DOWN = "Repeat the goal in a minute: AWS limits the rate of requests";

    /** Refusals for the rate of requests, some of which also name a limit. */
    private static final Pattern RATE =
            Pattern.compile("[Tt]hrottl|[Rr]ate [Ee]xceeded|[Rr]equest ?[Ll]imit ?[Ee]xceeded");

    private static final Pattern OTHER =
            Pattern.compile("[Ll]imit ?[Ee]xceeded|[Qq]uota|limit .* has been|ServiceQuotaExceeded");

    private final String label;
    private final String service;
    private final String code;
    private final Pattern message;
    private final String workaround;

    Quota(String label, String service, String code, String message, String workaround) {
        this.label = label;
        this.service = service;
        this.code = code;
        this.message = Pattern.compile(message);
        this.workaround = workaround;
    }

    /**
     * Returns the remedy for a refusal because of a quota or of the rate of requests; empty if it has another reason.
     *
     * @param message the service's message and, if there is one, its error code
     */
    static Optional<String> remedy(String message) {
        if (RATE.matcher(message).find()) {
            return Optional.of(SLOW_DOWN);
        }
        return Stream.of(values())
                .filter(quota -> quota.message.matcher(message).find())
                .findFirst()
                .map(quota -> quota.workaround + ", or " + quota.request())
                .or(() -> OTHER.matcher(message).find()
                        ? Optional.of(CLEAN_UP + ", or ask for a larger quota in the console under Service Quotas")
                        : Optional.empty());
    }

    /** Returns how to ask for more, as it follows "or". */
    String request() {
        return code == null
                ? "ask AWS Support for more of the quota '" + label + "', which can't be requested under Service Quotas"
                : "ask for more of the quota '" + label + "' (" + code
                        + "), in the console under Service Quotas or with aws service-quotas"
                        + " request-service-quota-increase --service-code " + service + " --quota-code " + code
                        + " --desired-value NUMBER";
    }
}
