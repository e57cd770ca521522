package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.target.ExistingFunction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is published and invoked if a function with SnapStart is copied. */
class VersionParametersTest {
    private static final FunctionSettings JAVA = FunctionSettings.NONE.complete("java21");
    private static final ExistingFunction ORIGINAL =
            new ExistingFunction("arn", false, JAVA, true, Optional.of("live"), List.of());

    @Test
    void snapStartIsCopiedWithItsAlias() {
        VersionParameters copy = new VersionParameters(null, null, ORIGINAL);

        assertThat(copy.publishes(JAVA)).isTrue();
        assertThat(copy.qualifier(JAVA)).isEqualTo("live");
        assertThat(copy.withHandler(JAVA, Optional.of("App")).environmentVariables())
                .containsEntry("LSHELL_HANDLER", "App");
        assertThat(copy.copied(true)).contains("as the alias live", "-Dlshell.publish=false");
        assertThat(copy.needsExisting()).isFalse();
    }

    @Test
    void theBuildsOwnParametersHavePrecedence() {
        VersionParameters off = new VersionParameters(false, null, ORIGINAL);
        assertThat(off.publishes(JAVA)).isFalse();
        assertThat(off.qualifier(JAVA)).isNull();

        VersionParameters existing = new VersionParameters(null, "3", ORIGINAL);
        assertThat(existing.publishes(JAVA)).isFalse();
        assertThat(existing.qualifier(JAVA)).isEqualTo("3");
        assertThat(existing.needsExisting()).isTrue();

        VersionParameters other = new VersionParameters(true, "test", ORIGINAL);
        assertThat(other.qualifier(JAVA)).isEqualTo("test");
        assertThat(other.needsExisting()).isFalse();
    }

    @Test
    void settingsThatSnapStartDoesNotSupportExcludeItsCopy() {
        VersionParameters copy = new VersionParameters(null, null, ORIGINAL);

        assertThat(copy.publishes(JAVA.withRuntime("python3.13"))).isFalse();
        assertThat(copy.publishes(JAVA.withRuntime("java8.al2"))).isFalse();
        assertThat(copy.qualifier(JAVA.withRuntime("java8.al2"))).isNull();
    }

    @Test
    void nothingIsPublishedByDefault() {
        VersionParameters none = new VersionParameters(null, "", ExistingFunction.NONE);

        assertThat(none.publishes(JAVA)).isFalse();
        assertThat(none.qualifier(JAVA)).isNull();
    }
}
