package fr.vigie.batch.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code vigie doctor} found: one row a control, with its remedy. */
final class Examination {

    static final List<String> COLUMNS = List.of("controle", "etat", "constat", "remede");

    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private boolean isHealthy = true;

    /** What must hold. */
    void check(String name, boolean holds, String finding, String remedy) {
        advise(name, holds, finding, remedy);
        isHealthy &= holds;
    }

    /** What is a choice, or somebody else's habit: told, and no illness. */
    void advise(String name, boolean holds, String finding, String remedy) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(name);
        row.add(holds ? "OK" : "MANQUE");
        row.add(finding);
        row.add(holds ? "" : remedy);
        rows.add(row);
    }

    List<List<@Nullable Object>> rows() {
        return rows;
    }

    boolean isHealthy() {
        return isHealthy;
    }
}
