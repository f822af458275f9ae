package fr.vigie.verification.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Things numbered from 0, joined two by two: who is with whom in the end, from one to the next. */
final class Groups {

    private final int[] leader;

    Groups(int size) {
        leader = new int[size];
        for (int i = 0; i < size; i++) {
            leader[i] = i;
        }
    }

    void join(int one, int other) {
        int kept = Math.min(leader[one], leader[other]);
        int replaced = Math.max(leader[one], leader[other]);
        for (int i = 0; i < leader.length; i++) {
            if (leader[i] == replaced) {
                leader[i] = kept;
            }
        }
    }

    /** The groups in the order of their first member; members in order. */
    List<List<Integer>> members() {
        Map<Integer, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < leader.length; i++) {
            groups.computeIfAbsent(leader[i], key -> new ArrayList<>()).add(i);
        }
        return List.copyOf(groups.values());
    }
}
