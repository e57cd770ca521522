package io.github.lambdashell.target.local.endpoint.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a run of fuzzing may not do: say that something broke, leak, make memory or threads grow. It counts how what it
 * was fed ended, too.
 */
final class Watch implements BeforeEachCallback, AfterEachCallback {
    /** Of the random numbers; another one with {@code -Dlshell.fuzz.seed}. */
    static final long SEED = Long.getLong("lshell.fuzz.seed", 1);

    private static final long MOST_GROWTH_BYTES = 64L << 20;
    private static final int MOST_THREADS = 200;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream stderr = System.err;
    private final Map<String, Integer> ends = new TreeMap<>();
    private final ResourceLeakDetector.Level leakLevel;
    private ResourceLeakDetector.Level levelBefore;
    private long before;

    /** Looks for buffers that are lost, too. */
    Watch() {
        this(ResourceLeakDetector.Level.PARANOID);
    }

    /** @param leakLevel how closely it looks for them */
    Watch(ResourceLeakDetector.Level leakLevel) {
        this.leakLevel = leakLevel;
    }

    /**
     * How many there are of a kind.
     *
     * @param inEachBuild unless {@code -Dlshell.fuzz.KIND} says how many
     */
    static int count(String kind, int inEachBuild) {
        return Integer.getInteger("lshell.fuzz." + kind, inEachBuild);
    }

    /** What the random numbers of one case begin with. Of seeds in a row the first numbers would be all but the same. */
    static long seed(int number) {
        return new SplittableRandom(SEED * 1_000_000 + number).nextLong();
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        levelBefore = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(leakLevel);
        System.setErr(new PrintStream(said, true));
    }

    @Override
    public void afterEach(ExtensionContext test) {
        System.setErr(stderr);
        ResourceLeakDetector.setLevel(levelBefore);
    }

    /** All that is loaded once has been: from here on memory may not grow. */
    void isWarm() throws InterruptedException {
        before = usedBytes();
    }

    /** One more has ended so. */
    void ended(String how) {
        ends.merge(how, 1, Integer::sum);
    }

    /** Looks back on the run. */
    void assertHealthy(String what, int count) throws InterruptedException {
        System.out.println("fuzz: " + count + " " + what + " from seed " + SEED + ", ended so: " + ends);
        assertThat(usedBytes() - before).as("growth in bytes").isLessThan(MOST_GROWTH_BYTES);
        assertThat(Thread.getAllStackTraces()).as("threads").hasSizeLessThan(MOST_THREADS);
        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("LEAK", "ERROR", "Exception");
    }

    private static long usedBytes() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(50);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
