package fr.vigie.batch.registre;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.vigie.schema.Delivery;
import fr.vigie.schema.Resources;
import fr.vigie.schema.SourceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The register of what was received. A load writes it once, in one transaction, when the lake already holds what it says. */
public final class Ledger {

    private static final int BATCH = 5_000;

    /**
     * What a load says of one file for one feed.
     *
     * @param rejects found at the door
     */
    public record Received(Entry entry, Optional<Path> rejects) {}

    private final JdbcClient jdbc;

    public Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every entry, in the order in which they came. */
    public List<Entry> entries() {
        return jdbc.sql(sql("livraisons")).query(Ledger::entry).list();
    }

    /** Whether this key of pseudonyms, told by its fingerprint, is the one that the lake was made with; the first one is. */
    public boolean goesWithKey(String fingerprint) {
        jdbc.sql(sql("premiere_cle")).param(fingerprint).update();
        return jdbc.sql(sql("cle")).query(String.class).single().equals(fingerprint);
    }

    /** The fingerprint of the key that this instance was loaded with; none before its first load. */
    public Optional<String> key() {
        return jdbc.sql(sql("cle")).query(String.class).optional();
    }

    /** What counts: loaded and not withdrawn. */
    public List<Entry> counting() {
        return entries().stream()
                .filter(entry -> entry.status().equals("CHARGE"))
                .toList();
    }

    /** The entries of these ids, by id. */
    public Map<String, Entry> entries(Collection<String> ids) {
        return jdbc
                .sql(sql("livraisons_nommees"))
                .param(ids.toArray(String[]::new))
                .query(Ledger::entry)
                .list()
                .stream()
                .collect(Collectors.toMap(Entry::id, entry -> entry));
    }

    /** Sources that somebody said have ended, by name. */
    public List<Closing> closings() {
        return jdbc.sql(sql("fermetures"))
                .query((row, number) -> new Closing(
                        row.getString("source"), row.getDate("close_le").toLocalDate(), row.getLong("rang")))
                .list();
    }

    /** @param on the last day that the source tells of */
    public void close(String source, LocalDate on) {
        jdbc.sql(sql("fermeture")).params(source, Date.valueOf(on)).update();
    }

    /** The number of a new load command. */
    public long nextRank() {
        return jdbc.sql(sql("rang")).query(Long.class).single();
    }

    /**
     * Writes or replaces entries, or the refusals of the same files, with their rejects found at the door: a few statements, however many files.
     * Of two with one id, the later one stays.
     */
    public void write(Collection<Received> received) {
        Map<String, Received> byId = new LinkedHashMap<>();
        received.forEach(one -> byId.put(one.entry().id(), one));
        List<Entry> entries = byId.values().stream().map(Received::entry).toList();
        jdbc.sql(sql("livraison_remplacee")).param(texts(entries, Entry::id)).update();
        jdbc.sql(sql("refus_remplace"))
                .params(texts(entries, Entry::file), texts(entries, Entry::feed), texts(entries, Entry::sha256))
                .update();
        jdbc.sql(sql("nouvelles_livraisons"))
                .params(
                        texts(entries, Entry::id),
                        texts(entries, Entry::file),
                        texts(entries, Entry::feed),
                        texts(entries, Entry::source),
                        texts(entries, Entry::sha256),
                        numbers(entries, Entry::rank),
                        days(entries, Entry::completeUntil),
                        entries.stream()
                                .map(entry -> entry.replaced().isPresent())
                                .toArray(Boolean[]::new),
                        days(entries, entry -> entry.replaced().flatMap(Delivery.Replacement::from)),
                        days(entries, entry -> entry.replaced().flatMap(Delivery.Replacement::until)),
                        numbers(entries, Entry::read),
                        numbers(entries, Entry::rejectedAtTheDoor),
                        numbers(entries, Entry::rejected),
                        numbers(entries, Entry::warningsAtTheDoor),
                        numbers(entries, Entry::warnings),
                        texts(entries, Entry::status),
                        optionalTexts(entries, Entry::reason))
                .update();
        try (RejectRows rows = new RejectRows(false)) {
            byId.forEach((id, one) -> one.rejects().ifPresent(file -> rows.addAll(file, Optional.of(id))));
        }
    }

    /** A file received again tells that its source is complete until a later day. */
    public void advance(String id, LocalDate completeUntil) {
        jdbc.sql(sql("completude")).param(Date.valueOf(completeUntil)).param(id).update();
    }

    /** Whether lines of a delivery were rejected because they lay after the day that it was complete to. */
    public boolean hasFactsAhead(String id) {
        return jdbc.sql(sql("faits_a_venir")).param(id).query(Boolean.class).single();
    }

    public void withdraw(String id) {
        jdbc.sql(sql("retrait")).param(id).update();
    }

    /**
     * Replaces what the worker found across lines by what it finds now, and counts again what that touches. What is withdrawn or refused stays as
     * it was told.
     *
     * @param arrived the deliveries of this run, whose warnings are found anew; of the others only the errors are
     */
    public void writeCrossLineProblems(List<String> arrived, Path rejects) {
        Set<String> touched = new TreeSet<>(arrived);
        touched.addAll(jdbc.sql(sql("erreurs_entre_lignes")).query(String.class).list());
        // One array: PostgreSQL takes at most 65 535 parameters, and the files of years may be loaded at once.
        jdbc.sql(sql("entre_lignes_des_arrivees"))
                .param(arrived.toArray(String[]::new))
                .update();
        try (RejectRows rows = new RejectRows(true)) {
            rows.addAll(rejects, Optional.empty());
            touched.addAll(rows.deliveries);
        }
        jdbc.sql(sql("rejets_comptes")).param(touched.toArray(String[]::new)).update();
    }

    /** Rejects on their way to the ledger, many a statement: one doubtful column of a large file gives one per line, a small file often none. */
    private final class RejectRows implements AutoCloseable {

        private record Row(String delivery, NamedCsvRecord cells) {}

        private final boolean areCrossLine;
        private final List<Row> waiting = new ArrayList<>();
        private final Set<String> deliveries = new HashSet<>();

        RejectRows(boolean areCrossLine) {
            this.areCrossLine = areCrossLine;
        }

        /** @param delivery of all of them when they were found at the door; else each line names its own */
        void addAll(Path rejects, Optional<String> delivery) {
            try (CsvReader<NamedCsvRecord> reader =
                    CsvReader.builder().fieldSeparator(';').ofNamedCsvRecord(rejects)) {
                for (NamedCsvRecord row : reader) {
                    Row one = new Row(delivery.orElseGet(() -> row.getField("livraison")), row);
                    deliveries.add(one.delivery());
                    waiting.add(one);
                    if (waiting.size() == BATCH) {
                        close();
                    }
                }
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }

        /** Inserts those that wait. */
        @Override
        public void close() {
            if (waiting.isEmpty()) {
                return;
            }
            jdbc.sql(sql("nouveaux_rejets"))
                    .params(
                            areCrossLine,
                            texts(waiting, Row::delivery),
                            numbers(waiting, row -> Long.valueOf(row.cells().getField("ligne"))),
                            cells("colonne"),
                            cells("niveau"),
                            cells("code"),
                            cells("message"),
                            // A value found across lines is never shown: it is an identifier.
                            areCrossLine ? texts(waiting, row -> "") : cells("valeur"))
                    .update();
            waiting.clear();
        }

        private String[] cells(String column) {
            return texts(waiting, row -> row.cells().getField(column));
        }
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> cell) {
        return rows.stream().map(cell).toArray(String[]::new);
    }

    private static <T> Long[] numbers(List<T> rows, Function<T, Long> cell) {
        return rows.stream().map(cell).toArray(Long[]::new);
    }

    private static <T> @Nullable String[] optionalTexts(List<T> rows, Function<T, Optional<String>> cell) {
        @Nullable String[] texts = new String[rows.size()];
        Arrays.setAll(texts, index -> cell.apply(rows.get(index)).orElse(null));
        return texts;
    }

    private static <T> @Nullable String[] days(List<T> rows, Function<T, Optional<LocalDate>> day) {
        return optionalTexts(rows, row -> day.apply(row).map(LocalDate::toString));
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        Optional<Delivery.Replacement> replaced = row.getBoolean("remplace")
                ? Optional.of(new Delivery.Replacement(day(row, "remplace_de"), day(row, "remplace_a")))
                : Optional.empty();
        return new Entry(
                row.getString("id"),
                row.getString("fichier"),
                row.getString("flux"),
                SourceName.of(row.getString("source")),
                row.getString("sha256"),
                row.getLong("rang"),
                day(row, "complet_jusqu_au"),
                replaced,
                row.getLong("lues"),
                row.getLong("rejetees_a_la_porte"),
                row.getLong("rejetees"),
                row.getLong("avertissements_a_la_porte"),
                row.getLong("avertissements"),
                row.getString("statut"),
                Optional.ofNullable(row.getString("motif")));
    }

    private static Optional<LocalDate> day(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getDate(column)).map(Date::toLocalDate);
    }

    private static String sql(String file) {
        return Resources.text("sql/registre/" + file + ".sql");
    }
}
