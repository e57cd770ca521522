package io.github.lambdashell.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.StackConfig.FileSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Configured settings win over copied ones, and those over the defaults. */
class FunctionSettingsTest {
    private static final FileSystem DATA = new FileSystem("arn:aws:elasticfilesystem:...:access-point/1", "/mnt/data");
    private static final FunctionSettings NOTHING = FunctionSettings.NONE;
    private static final FunctionSettings OTHER = new FunctionSettings(
            "python3.13",
            "arm64",
            1024,
            Duration.ofSeconds(30),
            2048,
            Map.of("TABLE", "orders", "STAGE", "prod"),
            List.of("layer"),
            List.of("subnet"),
            List.of("group"),
            DATA);

    @Test
    void fillsInTheDefaults() {
        assertThat(NOTHING.complete("java21"))
                .isEqualTo(new FunctionSettings(
                        "java21",
                        "x86_64",
                        512,
                        Duration.ofSeconds(60),
                        512,
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        null));
    }

    @Test
    void copiesSettingsThatAreNotConfigured() {
        assertThat(NOTHING.orElse(OTHER)).isEqualTo(OTHER);
    }

    @Test
    void prefersConfiguredSettings() {
        FunctionSettings configured = new FunctionSettings(
                "java25",
                "x86_64",
                128,
                Duration.ofSeconds(3),
                512,
                Map.of("STAGE", "test"),
                List.of(),
                null,
                null,
                null);

        assertThat(configured.orElse(OTHER))
                .isEqualTo(new FunctionSettings(
                        "java25",
                        "x86_64",
                        128,
                        Duration.ofSeconds(3),
                        512,
                        Map.of("TABLE", "orders", "STAGE", "test"),
                        List.of(),
                        List.of("subnet"),
                        List.of("group"),
                        DATA));
    }

    @Test
    void doesNotMixTwoVpcs() {
        FunctionSettings configured = new FunctionSettings(
                null, null, null, null, null, Map.of(), null, List.of("mine"), List.of("my"), null);

        FunctionSettings function = configured.orElse(OTHER).complete("java21");

        assertThat(function.subnetIds()).containsExactly("mine");
        assertThat(function.securityGroupIds()).containsExactly("my");
        assertThat(function.fileSystem()).as("the file system of the other VPC").isNull();
    }
}
