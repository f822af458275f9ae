package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import fr.vigie.schema.ColumnType;
import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.WorkerResult;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What only shows when lines stand beside each other: cycles (an error on each of their lines), versions in conflict, declarations that
 * overlap, and names that no référentiel knows (warnings). No value of a line is ever copied: a file, a line, a column and a code tell enough.
 */
final class CrossLineProblems implements AutoCloseable {

    /** What tells a line. */
    static final scala.collection.immutable.Seq<String> LINE = names("_livraison", "_ligne");

    /** The lines of each feed that silver leaves out: {@code livraison;ligne}. */
    private static final String QUARANTINE = "quarantine";

    /** A column that links a fact to the one it follows. */
    private record Succession(String feed, String id, String previous, String code, String message) {}

    private static final List<Succession> SUCCESSIONS = List.of(
            new Succession(
                    "rendez_vous",
                    "rdv_id",
                    "rdv_remplace_id",
                    "CYCLE_REPORT",
                    "Ce rendez-vous se remplace lui-même par une suite de reports\u202f: corriger la chaîne dans l’outil d’origine."),
            new Succession(
                    "orientations",
                    "orientation_id",
                    "orientation_precedente_id",
                    "CYCLE_ORIENTATION",
                    "Cette orientation se précède elle-même\u202f: corriger la chaîne dans l’outil d’origine."));

    /** A column whose values a référentiel should know. */
    private record Reference(String feed, String key, String code, String message) {}

    private final SparkSession spark;
    private final Map<String, Delivery> arriving;
    private final BufferedWriter rejects;
    private final Path exchange;
    private final Set<String> refused = new TreeSet<>();

    CrossLineProblems(SparkSession spark, List<Delivery> deliveries, Path exchange) throws IOException {
        this.exchange = exchange;
        this.rejects = Files.newBufferedWriter(exchange.resolve(WorkerResult.REJECTS));
        rejects.write("livraison;ligne;colonne;niveau;code;message;valeur\n");
        this.spark = spark;
        this.arriving = deliveries.stream()
                .filter(delivery -> delivery.staged().isPresent())
                .collect(Collectors.toMap(Delivery::id, delivery -> delivery));
    }

    /** The lines that cycles reject, as {@link #LINE}. */
    Optional<Dataset<Row>> findCycles(FeedContract contract, Dataset<Row> current) {
        return succession(contract).map(link -> {
            current.where(col(link.previous()).isNotNull())
                    .withColumn("id", col(link.id()))
                    .withColumn("precedente", col(link.previous()))
                    .createOrReplaceTempView("_suites");
            return Gold.settled(Sql.select(spark, "cycles", Map.of()));
        });
    }

    /** The arriving deliveries that these rejected lines make refused (more than 10 % and at least 3), which are told. */
    Set<String> refusedBy(Dataset<Row> cycles) {
        Map<String, Long> rejectedLines = cycles.groupBy("_livraison").count().collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
        Set<String> newlyRefused = new TreeSet<>();
        rejectedLines.forEach((id, count) -> {
            Delivery delivery = arriving.get(id);
            if (delivery != null) {
                long rejected = delivery.linesRejected() + count;
                if (rejected >= 3 && rejected * 10 > delivery.linesRead()) {
                    newlyRefused.add(id);
                }
            }
        });
        newlyRefused.forEach(id -> tell(
                requireNonNull(arriving.get(id)).feed(),
                csv(cycles.where(col("_livraison").equalTo(id)))));
        refused.addAll(newlyRefused);
        return newlyRefused;
    }

    /** Keeps which lines of a feed silver leaves out, so that every run tells them, the one that made silver or not. */
    static void quarantine(FeedContract contract, Lake lake, Dataset<Row> cycles) {
        lake.write(lake.path(QUARANTINE, contract.feed() + ".csv"), csv(cycles));
    }

    /** Tells every line that silver leaves out. */
    void tellQuarantine(Lake lake) {
        SUCCESSIONS.forEach(link -> tell(link.feed(), lake.text(lake.path(QUARANTINE, link.feed() + ".csv"))));
    }

    private static String csv(Dataset<Row> lines) {
        StringBuilder text = new StringBuilder();
        for (Iterator<Row> iterator = lines.coalesce(1).toLocalIterator(); iterator.hasNext(); ) {
            Row line = iterator.next();
            text.append(line.getString(0)).append(';').append(line.getInt(1)).append('\n');
        }
        return text.toString();
    }

    private void tell(String feed, String lines) {
        Succession link = SUCCESSIONS.stream()
                .filter(one -> one.feed().equals(feed))
                .findFirst()
                .orElseThrow();
        lines.lines().forEach(line -> {
            String[] place = line.split(";");
            write(place[0], place[1], link.previous(), "E", link.code(), link.message());
        });
    }

    boolean refuse() {
        return !refused.isEmpty();
    }

    /** Lines of one delivery that say other things of one fact with the same version: the fixed rule on the content chose another. */
    void findConflicts(FeedContract contract, Dataset<Row> lines) {
        if (!isArriving(contract)) {
            return;
        }
        lines.createOrReplaceTempView("_lignes");
        String key = String.join(", ", Silver.keyColumns(contract));
        String said = Silver.personOutsideTheKey(contract)
                .map(person -> "struct(contenu, " + person + ")")
                .orElse("contenu");
        append(Sql.selectOf(spark, "conflit_de_version", Map.of("cle", key, "dit", said))
                .where(col("_livraison").isin(arriving.keySet().toArray())));
    }

    /** A declaration of médecin traitant that begins while another one of the person runs: the one begun last decides (domaine 3.5). */
    void findOverlaps(FeedContract contract, Dataset<Row> current) {
        if (!contract.feed().equals("declarations_mt") || !isArriving(contract)) {
            return;
        }
        current.createOrReplaceTempView("_declarations");
        append(Sql.select(spark, "chevauchement", Map.of())
                .where(col("_livraison").isin(arriving.keySet().toArray())));
    }

    /** A rendez_vous that an agenda, or the first of two sources, tells too: kept, counted once, and said here (domaine 0.3). */
    void findDoubleSources(FeedContract contract, Dataset<Row> current) {
        if (!contract.feed().equals("rendez_vous") || !isArriving(contract)) {
            return;
        }
        current.where("statut <> 'ERREUR' AND rpps IS NOT NULL").createOrReplaceTempView("_rendez_vous");
        append(Sql.select(spark, "double_source", Map.of())
                .where(col("_livraison").isin(arriving.keySet().toArray())));
    }

    /** Stays typed the wrong way round, and stays told more than once: kept, counted once, and said here (domaine 0.9 bis). */
    void findStays(FeedContract contract, Dataset<Row> current) throws IOException {
        if (!contract.feed().equals("evenements") || !isArriving(contract)) {
            return;
        }
        current.createOrReplaceTempView("silver_evenements");
        // Named five times by what follows: left as a view, it would be planned and computed as often.
        Gold.settled(Sql.select(spark, "sortie_dite", Map.of())).createOrReplaceTempView("sortie_dite");
        append(Sql.select(spark, "anomalie_de_sejour", Map.of())
                .where(col("_livraison").isin(arriving.keySet().toArray())));
    }

    /** Persons, communes, professionals, structures and territories that arriving lines name and no référentiel knows. */
    void findUnknown(Lake lake, Map<String, FeedContract> contracts) {
        Set<String> feeds =
                arriving.values().stream().map(Delivery::feed).collect(Collectors.toCollection(TreeSet::new));
        // Together, as one job: each of them is short.
        List<Dataset<Row>> problems = new ArrayList<>();
        Optional<Dataset<Row>> vanished = vanishedCommunes(lake);
        for (String feed : feeds) {
            if (!lake.holds(Silver.LAYER, feed)) {
                continue;
            }
            Dataset<Row> rows = lake.read(Silver.LAYER, feed)
                    .where(col("_livraison").isin(arriving.keySet().toArray()));
            for (FeedColumn column : requireNonNull(contracts.get(feed), feed).columns()) {
                Optional<Reference> reference = reference(feed, column);
                if (reference.isEmpty()
                        || !lake.holds(Silver.LAYER, reference.get().feed())) {
                    // Persons are the exception: a fact of nobody known says so even before the first file of patients.
                    if (reference.isEmpty() || column.type() != ColumnType.PERSON) {
                        continue;
                    }
                }
                Reference known = reference.get();
                Dataset<Row> named = rows.where(col(column.name()).isNotNull());
                Dataset<Row> unknown = lake.holds(Silver.LAYER, known.feed())
                        ? named.join(
                                lake.read(Silver.LAYER, known.feed())
                                        .select(col(known.key()).as(column.name()))
                                        .distinct(),
                                names(column.name()),
                                "left_anti")
                        : named;
                if (column.type() == ColumnType.COMMUNE && vanished.isPresent()) {
                    Dataset<Row> explained = vanished.get().withColumnRenamed("code", column.name());
                    unknown = unknown.join(explained, names(column.name()), "left_anti");
                    problems.add(estimated(
                            named.join(explained.where("est_estimee"), names(column.name()), "left_semi"), column));
                }
                problems.add(unknown.selectExpr(
                        "_livraison",
                        "_ligne",
                        literal(column.name()) + " AS colonne",
                        "'A' AS niveau",
                        literal(known.code()) + " AS code",
                        literal(known.message()) + " AS message"));
            }
        }
        Optional<Dataset<Row>> all = problems.stream().reduce(Dataset::union);
        if (all.isPresent()) {
            append(all.get());
        }
    }

    /** Codes that are no longer a commune's and that a movement explains, with whether one of several had to be chosen. */
    private Optional<Dataset<Row>> vanishedCommunes(Lake lake) {
        if (!lake.holds(Silver.LAYER, "communes") || !lake.holds(Silver.LAYER, "communes_mouvements")) {
            return Optional.empty();
        }
        for (String feed : List.of("communes", "communes_mouvements")) {
            lake.read(Silver.LAYER, feed).createOrReplaceTempView("silver_" + feed);
        }
        return Optional.of(Gold.settled(Sql.select(spark, "commune_lue", Map.of())
                .where("commune <> code")
                .groupBy("code")
                .agg(max("est_estimee").as("est_estimee"))));
    }

    private static Dataset<Row> estimated(Dataset<Row> lines, FeedColumn column) {
        return lines.selectExpr(
                "_livraison",
                "_ligne",
                literal(column.name()) + " AS colonne",
                "'A' AS niveau",
                "'GEO_ESTIMEE' AS code",
                literal(
                                "Commune partagée depuis en plusieurs\u202f: la ligne est attribuée à celle qui a gardé le nom, "
                                        + "sinon à la plus peuplée.")
                        + " AS message");
    }

    private static Optional<Reference> reference(String feed, FeedColumn column) {
        if (feed.equals("communes") || feed.equals("communes_mouvements") || feed.equals("population")) {
            return Optional.empty();
        }
        switch (column.type()) {
            case PERSON:
                return feed.equals("patients")
                        ? Optional.empty()
                        : Optional.of(new Reference(
                                "patients",
                                "patient_id",
                                "PATIENT_INCONNU",
                                "Aucun fichier de patients ne décrit cette personne\u202f: la ligne compte dans ENSEMBLE et INCONNU, sans âge, "
                                        + "jusqu’à l’arrivée du patient."));
            case COMMUNE:
                return Optional.of(
                        new Reference(
                                "communes",
                                "code_insee",
                                "COMMUNE_INCONNUE",
                                "Commune que ni le référentiel chargé ni ses mouvements ne connaissent\u202f: la ligne est attribuée à INCONNU."));
            case RPPS:
                return feed.equals("professionnels")
                        ? Optional.empty()
                        : Optional.of(new Reference(
                                "professionnels",
                                "rpps",
                                "RPPS_INCONNU",
                                "Professionnel absent du référentiel chargé."));
            default:
                break;
        }
        if (column.name().equals("territoire_id") && !feed.equals("territoires")) {
            return Optional.of(new Reference(
                    "territoires", "territoire_id", "TERRITOIRE_INCONNU", "Territoire absent du référentiel chargé."));
        }
        if (column.name().equals("structure_id") && !feed.equals("structures")) {
            return Optional.of(new Reference(
                    "structures", "structure_id", "STRUCTURE_INCONNUE", "Structure absente du référentiel chargé."));
        }
        return Optional.empty();
    }

    /** Writes problems as they are found, streaming: there can be as many as lines. */
    private void append(Dataset<Row> problems) {
        // One partition is one job; each one more of a local iterator would be one more.
        for (Iterator<Row> iterator = problems.coalesce(1).toLocalIterator(); iterator.hasNext(); ) {
            Row row = iterator.next();
            write(
                    row.getString(0),
                    String.valueOf(row.getInt(1)),
                    row.isNullAt(2) ? "" : row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5));
        }
    }

    private void write(String delivery, String line, String column, String level, String code, String message) {
        try {
            rejects.write(delivery + ";" + line + ";" + column + ";" + level + ";" + code + ";\""
                    + message.replace("\"", "\"\"") + "\";\n");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Ends {@link WorkerResult#REJECTS} and writes {@link WorkerResult#REFUSED}. */
    @Override
    public void close() throws IOException {
        rejects.close();
        Files.write(exchange.resolve(WorkerResult.REFUSED), refused);
    }

    private boolean isArriving(FeedContract contract) {
        return arriving.values().stream().anyMatch(delivery -> delivery.feed().equals(contract.feed()));
    }

    private static Optional<Succession> succession(FeedContract contract) {
        return SUCCESSIONS.stream()
                .filter(one -> one.feed().equals(contract.feed()))
                .findFirst();
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "\\'") + "'";
    }

    private static scala.collection.immutable.Seq<String> names(String... names) {
        return scala.jdk.javaapi.CollectionConverters.asScala(List.of(names)).toSeq();
    }
}
