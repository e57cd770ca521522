package io.github.lambdashell.emulator.cloudformation.resource;

/**
 * The region and account of the resources.
 *
 * @param region such as {@code eu-central-1}
 * @param accountId 12 digits
 */
public record Place(String region, String accountId) {
    /** Returns the partition: {@code aws}, or that of China or of the US government. */
    public String partition() {
        return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    /** Returns the suffix of host names in the region. */
    public String urlSuffix() {
        return partition().equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
    }

    /** Returns the ARN of a resource in the region. */
    public String arn(String service, String resource) {
        return "arn:" + partition() + ":" + service + ":" + region + ":" + accountId + ":" + resource;
    }

    /** Returns the ARN of an IAM resource, which has no region. */
    String iamArn(String resource) {
        return "arn:" + partition() + ":iam::" + accountId + ":" + resource;
    }
}
