package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.instance.PseudonymKey;
import fr.vigie.batch.instance.RunLock;
import fr.vigie.batch.jobs.LakeMark;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.batch.registre.Entry;
import fr.vigie.batch.registre.LateSource;
import fr.vigie.batch.registre.Ledger;
import fr.vigie.dashboards.FrenchFormat;
import fr.vigie.intake.Pseudonymiser;
import fr.vigie.schema.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an instance that lives for years can lack (docs/operations.md). */
final class InstanceExamination {

    /** Touched by whoever copies the instance, when the copy is whole. */
    static final String BACKUP = "derniere-sauvegarde";

    private static final Duration OLD_BACKUP = Duration.ofDays(8);
    private static final Duration CLOCK = Duration.ofMinutes(5);
    private static final long LEAST_BYTES = 2L << 30;

    /** Of a warehouse of pseudonyms (domaine 5.2, docs/operations.md 6). */
    private static final int RETENTION_YEARS = 5;

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm").withZone(ZoneId.of("Europe/Paris"));

    private final InstanceHome home;
    private final Instant now;
    private final Examination found;

    InstanceExamination(InstanceHome home, Instant now, Examination found) {
        this.home = home;
        this.now = now;
        this.found = found;
    }

    /** @param existing the home, else the nearest folder above that is there */
    void disk(Path existing) throws IOException {
        room("disque", existing, size(home.lake()), "libérez de la place, ou choisissez un autre dossier avec --home");
        List<Path> closed = Stream.of(
                        existing, home.lake(), home.secret(), home.run("."), home.postgres(), home.superset())
                .filter(Files::exists)
                .filter(folder -> !Files.isWritable(folder))
                .toList();
        found.check(
                "écriture",
                closed.isEmpty(),
                closed.isEmpty() ? existing.toString() : "fermé à ce compte\u202f: " + CommonOptions.few(closed),
                "donnez les droits d’écriture à ce compte, ou un autre --home");
    }

    private void room(String name, Path folder, long needed, String remedy) throws IOException {
        long wanted = Math.max(LEAST_BYTES, needed);
        long free = Files.getFileStore(folder).getUsableSpace();
        found.check(name, free >= wanted, (free >> 20) + " Mo libres, " + (wanted >> 20) + " Mo conseillés", remedy);
    }

    /** @return whether this program understands the folders of the home; what a later version has laid out is neither read nor changed */
    boolean format() throws IOException {
        int format = home.format();
        if (format == 0) {
            return true;
        }
        boolean isKnown = format <= InstanceHome.FORMAT;
        found.check(
                "format",
                isKnown,
                "format " + format
                        + (isKnown
                                ? ""
                                : ", d’une version plus récente de Vigie (celle-ci connaît le format "
                                        + InstanceHome.FORMAT + ")"),
                InstanceHome.LATER_REMEDY);
        return isKnown;
    }

    void backup() {
        if (!Files.isDirectory(home.lake())) {
            return;
        }
        Path note = home.root().resolve(BACKUP);
        Optional<Instant> last = modified(note);
        found.advise(
                "sauvegarde",
                last.filter(when -> when.isAfter(now.minus(OLD_BACKUP))).isPresent(),
                last.map(when -> "dernière\u202f: " + MOMENT.format(when)).orElse("aucune n’est notée"),
                "sauvegardez l’instance et sa clé à part (docs/operations.md 3), puis notez-le\u202f: touch " + note);
    }

    /** @param isEmbedded whether its files are on the disk of the instance */
    void database(Database database, boolean isEmbedded) throws IOException {
        try {
            JdbcClient jdbc = database.reader();
            if (isUpToDate(jdbc)) {
                if (isEmbedded) {
                    publication(jdbc);
                }
                Ledger ledger = new Ledger(jdbc);
                key(ledger);
                boolean goes = new LakeMark(home).goesWith(jdbc);
                found.check(
                        "lac",
                        goes,
                        goes ? "aussi récent que la base" : "plus ancien que la base",
                        "restaurez des copies faites ensemble, ou la base avant le lac (docs/operations.md 3)");
                clock(jdbc);
                runs(database, jdbc);
                List<Entry> counting = ledger.counting();
                sources(LateSource.among(counting, ledger.closings()));
                retention(counting);
            }
        } catch (org.springframework.dao.DataAccessException problem) {
            found.check("registre", false, "illisible", "relancez la commande\u202f; si cela dure, restaurez la base");
        }
    }

    /** Looks and changes nothing: tables are brought up to date by the first command that needs them, after a backup. */
    private boolean isUpToDate(JdbcClient jdbc) {
        boolean hasTables = jdbc.sql(Resources.text("sql/registre/est_ouverte.sql"))
                .query(Boolean.class)
                .single();
        if (!hasTables) {
            return false;
        }
        long applied = jdbc.sql(Resources.text("sql/registre/mises_a_jour.sql"))
                .query(Long.class)
                .single();
        long known = Resources.texts("mart", ".sql").size();
        found.check(
                "version",
                applied <= known,
                applied < known
                        ? "tables d’une version plus ancienne, mises à jour par la prochaine commande qui les lit"
                        : "tables à la mise à jour " + applied,
                "ce programme est plus ancien que l’instance (" + known
                        + ")\u202f: reprenez la version qui l’a ouverte en dernier");
        return applied >= known;
    }

    /** A publication is loaded beside those that are kept. */
    private void publication(JdbcClient jdbc) throws IOException {
        Optional<Long> bytes = jdbc.sql(Resources.text("sql/registre/place_d_une_publication.sql"))
                .query(Long.class)
                .optional();
        if (bytes.isPresent()) {
            room(
                    "place d’une publication",
                    home.postgres(),
                    size(home.lake()) + bytes.get(),
                    "libérez de la place\u202f: la prochaine publication s’écrit à côté de celles qui restent");
        }
    }

    private void key(Ledger ledger) {
        Optional<String> wanted = ledger.key();
        if (wanted.isEmpty() && !Files.exists(home.key())) {
            return;
        }
        String remedy = "remettez en place la copie de la clé, lisible de ce seul compte\u202f: " + home.key();
        if (!Files.exists(home.key())) {
            found.check("clé", false, "absente", remedy);
            return;
        }
        try {
            String fingerprint = new Pseudonymiser(
                            PseudonymKey.readOrDraw(home.key()), (pseudonym, source, scelle) -> {})
                    .fingerprint();
            boolean goes = wanted.isEmpty() || wanted.get().equals(fingerprint);
            found.check("clé", goes, goes ? "présente, celle de l’instance" : "celle d’une autre instance", remedy);
        } catch (IOException | Failure unreadable) {
            found.check("clé", false, "illisible ou abîmée", remedy);
        }
    }

    /** What is noted after now was noted by a clock that was ahead, or this one is behind. */
    private void clock(JdbcClient jdbc) {
        Optional<Instant> latest = jdbc.sql(Resources.text("sql/registre/dernier_instant.sql"))
                .query(java.sql.Timestamp.class)
                .optional()
                .map(java.sql.Timestamp::toInstant);
        Instant server = jdbc.sql(Resources.text("sql/registre/heure.sql"))
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant();
        boolean agrees = Duration.between(server, now).abs().compareTo(CLOCK) <= 0;
        boolean advances = latest.isEmpty() || !latest.get().isAfter(now.plus(CLOCK));
        found.check(
                "horloge",
                agrees && advances,
                !agrees
                        ? "la base dit " + MOMENT.format(server) + ", cette machine " + MOMENT.format(now)
                        : advances
                                ? MOMENT.format(now) + " à Paris, machine en " + ZoneId.systemDefault()
                                : "une exécution est notée le " + MOMENT.format(latest.get()),
                "mettez les machines à l’heure (NTP)\u202f: la complétude d’un fichier qui ne dit pas la sienne est celle du jour");
    }

    private void runs(Database database, JdbcClient jdbc) {
        Optional<String> holder = RunLock.holder(database);
        Optional<String> interrupted = jdbc.sql(Resources.text("sql/registre/execution_sans_fin.sql"))
                .query(String.class)
                .optional();
        found.advise(
                "exécution",
                holder.isPresent() || interrupted.isEmpty(),
                holder.map(who -> "en cours\u202f: " + who)
                        .or(() -> interrupted.map(command -> "interrompue\u202f: vigie " + command))
                        .orElse("aucune en cours, aucune interrompue"),
                "relancez la même commande\u202f: rien n’est perdu ni compté deux fois");
    }

    private void sources(List<LateSource> late) {
        boolean isUnnamed = late.stream().anyMatch(one -> one.source().isEmpty());
        found.advise(
                "sources",
                late.isEmpty(),
                late.isEmpty()
                        ? "aucune à plus de " + LateSource.DAYS + " jours derrière une autre du même flux"
                        : CommonOptions.few(
                                late.stream().map(InstanceExamination::behind).toList()),
                "la date d’arrêt en est retenue\u202f: chargez son fichier ou, si elle a cessé d’émettre, vigie source close NOM --on DATE"
                        + (isUnnamed ? " (la source non nommée s’écrit '')" : ""));
    }

    private static String behind(LateSource one) {
        return "le flux «\u00a0" + one.feed() + "\u00a0»"
                + (one.source().isEmpty() ? " (source non nommée)" : " de la source " + one.source())
                + " n’est complet que jusqu’au " + StopDates.french(one.until()) + ", "
                + FrenchFormat.plural(ChronoUnit.DAYS.between(one.until(), one.ahead()), "jour", "jours")
                + " derrière le plus avancé";
    }

    /**
     * A file that is complete to a day tells of nothing that happened after it: past that day and the years of retention, it is withdrawn whole. A
     * reference file has no such day, and no person.
     */
    private void retention(List<Entry> counting) {
        LocalDate first = LocalDate.ofInstant(now, StopDates.PARIS).minusYears(RETENTION_YEARS);
        List<String> old = counting.stream()
                .filter(entry -> entry.completeUntil().filter(first::isAfter).isPresent())
                .map(Entry::file)
                .distinct()
                .toList();
        found.advise(
                "conservation",
                old.isEmpty(),
                old.isEmpty()
                        ? "aucun fichier ne s’arrête avant le " + StopDates.french(first)
                        : FrenchFormat.plural(old.size(), "fichier s’arrête", "fichiers s’arrêtent") + " avant le "
                                + StopDates.french(first) + "\u202f: " + CommonOptions.few(old),
                "au-delà de " + RETENTION_YEARS
                        + " ans, retirez chacun (vigie withdraw FICHIER), puis vigie refresh (docs/operations.md 6)");
    }

    private static Optional<Instant> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static long size(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | java.io.UncheckedIOException changing) {
            // A run writes and deletes meanwhile: the least will do.
            return 0;
        }
    }
}
