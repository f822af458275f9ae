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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The register of what was received. A load writes it once, in one transaction, when the lake already holds what it says. */
public final class Ledger {

    private static final int BATCH = 5_000;

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

    public Optional<Entry> entry(String id) {
        return jdbc.sql(sql("livraison")).param(id).query(Ledger::entry).optional();
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

    /** Writes or replaces an entry, or the refusal of the same file, and, where given, its rejects found at the door. */
    public void write(Entry entry, Optional<Path> rejects) {
        jdbc.sql(sql("livraison_remplacee"))
                .params(entry.id(), entry.file(), entry.feed(), entry.sha256())
                .update();
        jdbc.sql(sql("nouvelle_livraison")).params(parameters(entry)).update();
        rejects.ifPresent(file -> copyRejects(file, Optional.of(entry.id())));
    }

    private static List<@Nullable Object> parameters(Entry entry) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(entry.id());
        values.add(entry.file());
        values.add(entry.feed());
        values.add(entry.source());
        values.add(entry.sha256());
        values.add(entry.rank());
        values.add(sqlDate(entry.completeUntil()));
        values.add(entry.replaced().isPresent());
        values.add(sqlDate(entry.replaced().flatMap(Delivery.Replacement::from)));
        values.add(sqlDate(entry.replaced().flatMap(Delivery.Replacement::until)));
        values.add(entry.read());
        values.add(entry.rejectedAtTheDoor());
        values.add(entry.rejected());
        values.add(entry.warningsAtTheDoor());
        values.add(entry.warnings());
        values.add(entry.status());
        values.add(entry.reason().orElse(null));
        return values;
    }

    private static @Nullable Date sqlDate(Optional<LocalDate> day) {
        return day.map(Date::valueOf).orElse(null);
    }

    /** A file received again tells that its source is complete until a later day. */
    public void advance(String id, LocalDate completeUntil) {
        jdbc.sql(sql("completude")).param(Date.valueOf(completeUntil)).param(id).update();
    }

    public void withdraw(String id) {
        jdbc.sql(sql("retrait")).param(id).update();
    }

    /**
     * Replaces what the worker found across lines by what it finds now, and counts again. What is withdrawn or refused stays as it was told.
     *
     * @param arrived the deliveries of this run, whose warnings are found anew; of the others only the errors are
     */
    public void writeCrossLineProblems(List<String> arrived, Path rejects) {
        jdbc.sql(sql("rejets_entre_lignes"))
                .param("arrived", arrived.isEmpty() ? List.of("") : arrived)
                .update();
        copyRejects(rejects, Optional.empty());
        jdbc.sql(sql("comptes")).update();
    }

    /**
     * Copies a file of rejects, many lines a statement: one doubtful column of a large file gives a reject per line.
     *
     * @param delivery of all of them when they were found at the door; else each line names its own
     */
    private void copyRejects(Path rejects, Optional<String> delivery) {
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().fieldSeparator(';').ofNamedCsvRecord(rejects)) {
            List<NamedCsvRecord> rows = new ArrayList<>();
            for (NamedCsvRecord row : reader) {
                rows.add(row);
                if (rows.size() == BATCH) {
                    insertRejects(rows, delivery);
                    rows.clear();
                }
            }
            insertRejects(rows, delivery);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void insertRejects(List<NamedCsvRecord> rows, Optional<String> delivery) {
        if (rows.isEmpty()) {
            return;
        }
        jdbc.sql(sql("nouveaux_rejets"))
                .params(
                        delivery.isEmpty(),
                        texts(rows, row -> delivery.orElseGet(() -> row.getField("livraison"))),
                        rows.stream()
                                .map(row -> Long.valueOf(row.getField("ligne")))
                                .toArray(Long[]::new),
                        texts(rows, row -> row.getField("colonne")),
                        texts(rows, row -> row.getField("niveau")),
                        texts(rows, row -> row.getField("code")),
                        texts(rows, row -> row.getField("message")),
                        // A value found across lines is never shown: it is an identifier.
                        texts(rows, row -> delivery.isEmpty() ? "" : row.getField("valeur")))
                .update();
    }

    private static String[] texts(List<NamedCsvRecord> rows, Function<NamedCsvRecord, String> cell) {
        return rows.stream().map(cell).toArray(String[]::new);
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

    private static String sql(String file) {
        return Resources.text("sql/registre/" + file + ".sql");
    }

    private static Optional<LocalDate> day(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getDate(column)).map(Date::toLocalDate);
    }
}
