package io.github.lambdashell.check.golden;

import java.util.BitSet;
import java.util.List;

/**
 * A comparison of lines with a golden file as they arrive, with one bit of memory per golden line: the positions in the
 * golden file that the lines so far may have reached, of which {@code ...} allows several.
 */
final class GoldenMatch {
    private final List<GoldenLine> golden;
    private BitSet reached = new BitSet();

    GoldenMatch(List<GoldenLine> golden) {
        this.golden = golden;
        reach(reached, 0);
    }

    /** Adds a position, and those after each following {@code ...}, which may match no line. */
    private void reach(BitSet places, int place) {
        places.set(place);
        int next = place;
        while (next < golden.size() && golden.get(next).isAnyLines()) {
            next++;
            places.set(next);
        }
    }

    /** Accepts the next line; returns false when no golden line can match it. */
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

    /** Returns whether the lines so far match the golden file. */
    boolean complete() {
        return reached.get(golden.size());
    }
}
