package fr.vigie.verification.deliveries;

import fr.vigie.verification.Instance;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** A real instance: control, worker and PostgreSQL are the processes that a user has. */
final class CommandStore implements Store {

    private final Instance vigie;

    CommandStore(Path home) {
        this.vigie = new Instance(home);
    }

    @Override
    public Set<String> load(Path sent) throws Exception {
        Instance.Ended ended = vigie.call("load", sent.toString(), "--format", "csv");
        if (ended.code() != 0 && ended.code() != 3) {
            throw new AssertionError(ended.err());
        }
        return cells(ended.out(), 0, 2, 3, 4, 6);
    }

    @Override
    public void withdraw(String archive) throws Exception {
        vigie.call(0, "withdraw", archive);
    }

    @Override
    public void refresh() throws Exception {
        vigie.call(0, "refresh", "--as-of", "2026-04-30T23:59");
    }

    @Override
    public Path lake() {
        return vigie.lake();
    }

    /** Also sees that each warning counted is one that is listed. */
    @Override
    public Set<String> ledger() throws Exception {
        List<String> status = vigie.call(0, "status", "--format", "csv");
        Map<String, Integer> listed = new HashMap<>();
        rejects("A").forEach(name -> listed.merge(name.split(";")[0], 1, Integer::sum));
        for (String counted : cells(status, 0, 5)) {
            String[] cells = counted.split(";");
            if (listed.getOrDefault(cells[0], 0) != Integer.parseInt(cells[1])) {
                throw new AssertionError(counted + " warnings counted, listed " + listed.get(cells[0]));
            }
        }
        return cells(status, 0, 2, 3, 4, 6, 8);
    }

    @Override
    public Set<String> rejected() throws Exception {
        return new TreeSet<>(rejects("E"));
    }

    private List<String> rejects(String level) throws Exception {
        return vigie.call(0, "rejects", "--format", "csv").stream()
                .skip(1)
                .map(line -> line.split(";"))
                .filter(cells -> cells[4].equals(level))
                .map(cells -> cells[0] + ";" + cells[2])
                .toList();
    }

    private static Set<String> cells(List<String> csv, int... columns) {
        Set<String> rows = new TreeSet<>();
        csv.stream()
                .skip(1)
                .map(line -> line.split(";", -1))
                .forEach(cells -> rows.add(String.join(
                        ";",
                        IntStream.of(columns).mapToObj(column -> cells[column]).toList())));
        return rows;
    }

    @Override
    public void close() throws Exception {
        vigie.close();
    }
}
