package io.github.lambdashell.emulator.cloudformation.resource;

/**
 * Where resources are said to be.
 *
 * @param region such as {@code eu-central-1}
 * @param accountId 12 digits
 */
public record Place(String region, String accountId) {
    /** AWS's part of the world: {@code aws}, or that of China or of the US government. */
    public String partition() {
        return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    /** The end of host names there. */
    public String urlSuffix() {
        return partition().equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
    }

    /** The ARN of something that is in a region. */
    public String arn(String service, String resource) {
        return "arn:" + partition() + ":" + service + ":" + region + ":" + accountId + ":" + resource;
    }

    /** The ARN of something of IAM, which has no regions. */
    String iamArn(String resource) {
        return "arn:" + partition() + ":iam::" + accountId + ":" + resource;
    }
}
