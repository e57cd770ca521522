package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.target.ExistingFunction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published and invoked, as configured and as copied. */
class VersionParametersTest {
    private static final FunctionSettings JAVA = FunctionSettings.NONE.complete("java21");

    private static ExistingFunction original(boolean snapStart, String qualifier) {
        return new ExistingFunction(
                "arn", false, JAVA, snapStart, Optional.ofNullable(qualifier), Optional.empty(), List.of());
    }

    private static VersionParameters copy(ExistingFunction original) {
        return new VersionParameters(null, null, null, false, original);
    }

    private static VersionParameters configured(Boolean publish, Boolean snapStart, String qualifier) {
        return new VersionParameters(publish, snapStart, qualifier, false, ExistingFunction.NONE);
    }

    @Test
    void nothingIsPublishedByDefault() {
        VersionParameters none = configured(null, null, "");

        assertThat(none.publishes(JAVA)).isFalse();
        assertThat(none.hasSnapStart(JAVA)).isFalse();
        assertThat(none.qualifier(JAVA)).isNull();
        assertThat(none.copied(JAVA)).isEmpty();
    }

    @Test
    void aVersionIsPublishedWithoutSnapStart() {
        VersionParameters publish = configured(true, null, null);

        assertThat(publish.publishes(JAVA)).isTrue();
        assertThat(publish.hasSnapStart(JAVA)).isFalse();
        assertThat(publish.withHandler(JAVA, Optional.of("App"))).isEqualTo(JAVA);
    }

    @Test
    void snapStartPublishesAVersion() {
        VersionParameters snapStart = configured(null, true, "live");

        assertThat(snapStart.publishes(JAVA)).isTrue();
        assertThat(snapStart.hasSnapStart(JAVA)).isTrue();
        assertThat(snapStart.needsExisting()).isFalse();
        assertThat(snapStart.withHandler(JAVA, Optional.of("App")).environmentVariables())
                .containsEntry("LSHELL_HANDLER", "App");
    }

    @Test
    void snapStartIsCopiedWithItsAlias() {
        VersionParameters copy = copy(original(true, "live"));

        assertThat(copy.publishes(JAVA)).isTrue();
        assertThat(copy.hasSnapStart(JAVA)).isTrue();
        assertThat(copy.qualifier(JAVA)).isEqualTo("live");
        assertThat(copy.needsExisting()).isFalse();
        assertThat(copy.copied(JAVA))
                .contains("  copied: a version is published and invoked as the alias live with SnapStart;"
                        + " -Dlshell.publish=false leaves it out");
    }

    @Test
    void anAliasIsCopiedWithoutSnapStart() {
        VersionParameters copy = copy(original(false, "live"));

        assertThat(copy.publishes(JAVA)).isTrue();
        assertThat(copy.hasSnapStart(JAVA)).isFalse();
        assertThat(copy.qualifier(JAVA)).isEqualTo("live");
        assertThat(copy.copied(JAVA))
                .contains(
                        "  copied: a version is published and invoked as the alias live; -Dlshell.publish=false leaves"
                                + " it out");
    }

    @Test
    void aNumberedVersionIsCopiedAsAVersionOfTheShellsOwn() {
        VersionParameters copy = copy(original(false, "7"));

        assertThat(copy.publishes(JAVA)).isTrue();
        assertThat(copy.qualifier(JAVA)).isNull();
    }

    @Test
    void theBuildsOwnParametersHavePrecedence() {
        ExistingFunction original = original(true, "live");

        VersionParameters off = new VersionParameters(false, null, null, false, original);
        assertThat(off.publishes(JAVA)).isFalse();
        assertThat(off.hasSnapStart(JAVA)).isFalse();
        assertThat(off.qualifier(JAVA)).isNull();
        assertThat(off.copied(JAVA)).hasValueSatisfying(line -> assertThat(line).startsWith("  not copied: "));

        VersionParameters existing = new VersionParameters(null, null, "3", true, original);
        assertThat(existing.publishes(JAVA)).isFalse();
        assertThat(existing.hasSnapStart(JAVA)).isFalse();
        assertThat(existing.qualifier(JAVA)).isEqualTo("3");
        assertThat(existing.needsExisting()).isTrue();

        VersionParameters other = new VersionParameters(true, null, "test", false, original);
        assertThat(other.qualifier(JAVA)).isEqualTo("test");
        assertThat(other.hasSnapStart(JAVA)).isTrue();
        assertThat(other.needsExisting()).isFalse();

        VersionParameters without = new VersionParameters(null, false, null, false, original);
        assertThat(without.publishes(JAVA)).isTrue();
        assertThat(without.hasSnapStart(JAVA)).isFalse();
    }

    @Test
    void theTemplatesSnapStartIsTakenOver() {
        VersionParameters ofTemplate = new VersionParameters(null, null, null, true, ExistingFunction.NONE);

        assertThat(ofTemplate.publishes(JAVA)).isTrue();
        assertThat(ofTemplate.hasSnapStart(JAVA)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs24.x", "java8.al2"})
    void aRuntimeWithoutSnapStartExcludesItsCopy(String runtime) {
        VersionParameters copy = copy(original(true, "live"));
        FunctionSettings function = JAVA.withRuntime(runtime);

        assertThat(copy.hasSnapStart(function)).isFalse();
        assertThat(copy.publishes(function)).isTrue();
        assertThat(copy.copied(function))
                .contains(
                        "  copied: a version is published and invoked as the alias live, without SnapStart, which this"
                                + " build excludes; -Dlshell.publish=false leaves it out");
    }
}
