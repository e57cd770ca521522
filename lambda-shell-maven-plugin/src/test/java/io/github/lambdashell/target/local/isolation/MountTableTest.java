package io.github.lambdashell.target.local.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTableTest {
    @TempDir
    private Path directory;

    @Test
    void eachMountBelowAFolderIsRemountedWithTheRestrictionsItHas() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("the code")).toRealPath();
        Files.createDirectories(folder.resolve("below"));
        String point = folder.toString().replace(" ", "\\040");
        MountTable table = MountTable.parse(List.of(
                "1 0 8:1 / / rw,relatime - ext4 /dev/sda rw",
                "2 1 8:2 / " + point + "/below rw,noexec,relatime shared:1 - tmpfs tmpfs rw",
                "3 1 8:2 / " + point + "/hidden rw - tmpfs tmpfs rw",
                "4 1 8:2 / " + point + "-beside rw - tmpfs tmpfs rw"));

        assertThat(table.readOnly(folder, Path.of("/sandbox/var/task")))
                .containsExactly(
                        point + " /sandbox/var/task none rbind,ro,nosuid,nodev 0 0",
                        "none /sandbox/var/task/below none remount,bind,ro,nosuid,nodev,noexec 0 0");
    }

    @Test
    void aFolderKeepsTheRestrictionsOfTheMountThatItIsOn() throws Exception {
        Path folder = directory.toRealPath();
        MountTable table = MountTable.parse(List.of(
                "1 0 8:1 / / rw,relatime - ext4 /dev/sda rw",
                "2 1 8:2 / " + folder.getParent() + " rw,noexec - ext4 /dev/sdb rw"));

        assertThat(table.readOnly(folder, Path.of("/sandbox/opt")))
                .containsExactly(folder + " /sandbox/opt none rbind,ro,nosuid,nodev,noexec 0 0");
    }
}
