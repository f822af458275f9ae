package fr.vigie.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes the lines of one file for one feed: kept ones to the staged file, findings to the reject file, and the verdict at the end. */
final class FeedIntake {

    /** Makes the plan once the header is known. */
    interface Planner {
        Plan plan(HeaderLine header) throws Refusal;
    }

    private static final long REPORTED_EVERY = 10_000;
    private static final int MINIMUM_REJECTED = 3;
    private static final int REJECTED_TENTH = 10;

    private static final Finding MIXED = Finding.warning(
            "ENCODAGE_MELANGE",
            "Ligne d’un autre encodage que le reste du fichier (UTF-8 et Windows-1252 mêlés)\u00a0: chaque caractère"
                    + " est lu dans le sien\u202f; vérifiez les accents, ou exportez tout en UTF-8.");
    private static final Finding HEADER_AGAIN =
            Finding.information("EN_TETE_REPETE", "Ligne d’en-têtes répétée au milieu du fichier\u00a0: laissée.");

    private final Destination target;
    private final FeedContract contract;
    private final Layout layout;
    private final Pseudonymiser pseudonymiser;
    private final ProgressListener progress;
    private final PostalCodeSuspicion suspicion;
    private long records;
    private long read;
    private long kept;
    private long rejected;
    private long line = 1;

    FeedIntake(
            Destination target,
            FeedContract contract,
            Layout layout,
            Pseudonymiser pseudonymiser,
            ProgressListener progress) {
        this.target = target;
        this.contract = contract;
        this.layout = layout;
        this.pseudonymiser = pseudonymiser;
        this.progress = progress;
        this.suspicion = new PostalCodeSuspicion(contract);
    }

    /** Reads the whole file; of a refused one only the rejects stay. */
    void take(Survey survey, Planner planner, Path staged, Path vault, RejectFile rejects) throws IOException, Refusal {
        boolean done = false;
        try (VaultStage identifiers = new VaultStage(vault, pseudonymiser)) {
            try (CsvWriter writer = CsvWriter.builder()
                    .fieldSeparator(';')
                    .lineDelimiter(LineDelimiter.LF)
                    .build(staged)) {
                writer.writeRecord(header(contract));
                readLines(survey, planner, writer, identifiers, rejects);
            }
            judge();
            suspicion.findings().forEach(found -> rejects.add(1, found));
            identifiers.commit();
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(staged);
            }
        }
    }

    /** {@code _ligne}, then the stored columns of the contract. */
    static List<String> header(FeedContract contract) {
        List<String> names = new ArrayList<>(List.of("_ligne"));
        contract.columns().forEach(column -> names.addAll(column.storedNames()));
        return names;
    }

    private void readLines(Survey survey, Planner planner, CsvWriter writer, VaultStage identifiers, RejectFile rejects)
            throws IOException, Refusal {
        int source = sourcePlace(contract);
        try (CsvLines lines = CsvLines.open(target.file(), survey, contract.feed(), layout)) {
            Records found = new Records(lines, layout);
            Plan plan = planner.plan(found.header());
            lines.note().ifPresent(note -> rejects.add(1, note));
            for (Finding note : plan.notes()) {
                rejects.add(1, note);
            }
            for (CsvRecord record = found.next(); record != null; record = found.next()) {
                line = lines.line();
                tellMixedLines(lines, line, rejects);
                if (found.isHeaderAgain(record)) {
                    rejects.add(line, HEADER_AGAIN);
                    continue;
                }
                this.records++;
                Finding wrongWidth = found.wrongWidth(record);
                if (wrongWidth == null) {
                    takeRecord(record, plan, writer, identifiers, rejects, source);
                } else {
                    read++;
                    rejected++;
                    rejects.add(line, wrongWidth);
                }
                if (this.records % REPORTED_EVERY == 0) {
                    progress.read(target.file().displayName(), target.feed(), this.records);
                }
            }
            tellMixedLines(lines, Long.MAX_VALUE, rejects);
        }
        progress.read(target.file().displayName(), target.feed(), this.records);
    }

    private static void tellMixedLines(CsvLines lines, long upTo, RejectFile rejects) {
        for (long mixed = lines.nextMixedLine(upTo); mixed > 0; mixed = lines.nextMixedLine(upTo)) {
            rejects.add(mixed, MIXED);
        }
    }

    private void takeRecord(
            CsvRecord record, Plan plan, CsvWriter writer, VaultStage identifiers, RejectFile rejects, int source)
            throws IOException {
        for (Plan.Block block : plan.blocks()) {
            if (!block.when().test(record)) {
                continue;
            }
            read++;
            CheckedLine checked = block.line(record);
            for (CheckedLine.LineFinding finding : checked.findings()) {
                rejects.add(line, finding);
            }
            if (checked.isRejected()) {
                rejected++;
                continue;
            }
            kept++;
            suspicion.see(checked.stored());
            List<String> stored = new ArrayList<>(checked.stored().size() + 1);
            stored.add(Long.toString(line));
            stored.addAll(checked.stored());
            writer.writeRecord(stored);
            if (!checked.person().isEmpty()) {
                identifiers.add(
                        checked.person(),
                        source < 0 ? target.source() : checked.stored().get(source));
            }
        }
    }

    private void judge() throws Refusal {
        if (target.manifest().lines().isPresent() && target.manifest().lines().getAsLong() != records) {
            throw new Refusal(
                    "MANIFESTE_LIGNES",
                    "Le manifeste annonce " + target.manifest().lines().getAsLong() + " lignes, le fichier en a "
                            + records + "\u00a0: transfert incomplet\u00a0?");
        }
        if (isTooMany(rejected, read)) {
            throw new Refusal(
                    "TROP_DE_REJETS",
                    "Trop de lignes rejetées\u00a0: " + rejected + " sur " + read
                            + " (plus de 10\u00a0%)\u202f; corrigez l’export d’après la liste des rejets.");
        }
    }

    /** More rejected lines than a file may have and be taken (domaine 3.4). */
    static boolean isTooMany(long rejected, long read) {
        return rejected >= MINIMUM_REJECTED && rejected * REJECTED_TENTH > read;
    }

    private static int sourcePlace(FeedContract contract) {
        int place = 0;
        for (FeedColumn column : contract.columns()) {
            if (column.name().equals("source")) {
                return place;
            }
            place += column.storedNames().size();
        }
        return -1;
    }

    long read() {
        return read;
    }

    long kept() {
        return kept;
    }

    long rejected() {
        return rejected;
    }
}
