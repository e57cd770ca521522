package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.DeploymentMode;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DeploymentConfig;
import software.amazon.awssdk.services.cloudformation.model.DeploymentConfigMode;

/**
 * CloudFormation's express mode, in which an operation ends when the configuration of all resources is applied, not when
 * they are stable. It has no rollback, and after its failure CloudFormation accepts only operations in the same mode. So
 * stacks are created and deleted in this mode, but never updated, and not those that delete themselves. Safe for use by
 * several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-express-mode.html">Express
 *     mode</a>
 */
final class ExpressMode {
    private static final Logger LOG = LoggerFactory.getLogger(ExpressMode.class);

    /** Refusals of a request for its mode. CloudFormation has no error code for them. */
    private static final Pattern REFUSAL =
            Pattern.compile("[Dd]eployment-?[Cc]onfig|\\bEXPRESS\\b|[Ee]xpress mode|[Dd]isable-?[Rr]ollback");

    private static final DeploymentConfig EXPRESS =
            DeploymentConfig.builder().mode(DeploymentConfigMode.EXPRESS).build();

    private final DeploymentMode configured;
    private volatile boolean unknown;

    ExpressMode(DeploymentMode configured) {
        this.configured = configured;
    }

    /**
     * Returns whether a stack is created in this mode.
     *
     * @param temporary whether the stack belongs to one build
     */
    boolean isForCreation(boolean temporary) {
        return configured == DeploymentMode.EXPRESS || configured == DeploymentMode.AUTO && temporary;
    }

    /** Returns whether a stack is deleted in this mode. */
    boolean isForDeletion(CloudFormationStack stack) {
        boolean temporary = !StackTags.origin(stack).base().equals(stack.name());
        return stack.express() || !SelfDestruct.isIn(stack) && isForCreation(temporary);
    }

    /**
     * Sends a request, and sends it once more in the other mode if CloudFormation refuses it for its mode: a region may
     * not know this mode, or the last operation of the stack may require the other one.
     *
     * @param request receives null for the standard mode
     */
    <T> T send(boolean express, Function<DeploymentConfig, T> request) {
        boolean first = express && !unknown;
        try {
            return request.apply(first ? EXPRESS : null);
        } catch (CloudFormationException e) {
            if (!isRefusal(e)) {
                throw e;
            }
            unknown |= first;
            LOG.debug(
                    "CloudFormation refused the mode of the request, so it is sent in the other one: {}",
                    e.getMessage());
            return request.apply(first ? null : EXPRESS);
        }
    }

    /** Returns whether CloudFormation refused a request for its mode. */
    static boolean isRefusal(CloudFormationException e) {
        return e.statusCode() == 400
                && e.awsErrorDetails() != null
                && isRefusal(String.valueOf(e.awsErrorDetails().errorMessage()));
    }

    static boolean isRefusal(String reason) {
        return REFUSAL.matcher(reason).find();
    }
}
