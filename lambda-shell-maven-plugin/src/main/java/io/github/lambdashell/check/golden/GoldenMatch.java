package io.github.lambdashell.check.golden;

import java.util.BitSet;
import java.util.List;

/**
 * Compares lines with a golden file as they come, in memory of one bit per golden line: it keeps all places in the
 * golden file that the lines so far may have reached, as several can while {@code ...} may still swallow more.
 */
final class GoldenMatch {
    private final List<GoldenLine> golden;
    private BitSet reached = new BitSet();

    GoldenMatch(List<GoldenLine> golden) {
        this.golden = golden;
        reach(reached, 0);
    }

    /** A place is reached, and the one after it too where it stands before {@code ...}, which may swallow nothing. */
    private void reach(BitSet places, int place) {
        places.set(place);
        int next = place;
        while (next < golden.size() && golden.get(next).isAnyLines()) {
            next++;
            places.set(next);
        }
    }

    /** Takes the next line; false when no golden line can match it, and so nothing that follows matters. */
    boolean accept(CharSequence line) {
        BitSet next = new BitSet();
        for (int place = reached.nextSetBit(0); place >= 0; place = reached.nextSetBit(place + 1)) {
            if (place == golden.size()) {
                break;
            }
            if (golden.get(place).isAnyLines()) {
                next.set(place);
                reach(next, place);
            } else if (golden.get(place).matches(line)) {
                reach(next, place + 1);
            }
        }
        reached = next;
        return !reached.isEmpty();
    }

    /** Whether the lines so far are all that the golden file stands for. */
    boolean complete() {
        return reached.get(golden.size());
    }
}
