package io.github.lambdashell.config;

import java.util.Map;

/** The partitions of AWS, whose ids are in ARNs. Each has regions and accounts of its own. */
public final class Partition {
    private static final String DEFAULT = "aws";

    private static final Map<String, String> BY_PREFIX = Map.of(
            "cn-", "aws-cn",
            "us-gov-", "aws-us-gov",
            "us-iso-", "aws-iso",
            "us-isob-", "aws-iso-b",
            "eu-isoe-", "aws-iso-e",
            "us-isof-", "aws-iso-f",
            "eusc-", "aws-eusc");

    private Partition() {}

    /**
     * Returns the id of a region's partition, for example {@code aws-cn}.
     *
     * @param region not null
     */
    public static String of(String region) {
        return BY_PREFIX.entrySet().stream()
                .filter(partition -> region.startsWith(partition.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(DEFAULT);
    }
}
