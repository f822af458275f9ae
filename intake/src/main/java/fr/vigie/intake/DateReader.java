package fr.vigie.intake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.List;

/** Reads days and instants by the rules of domaine 0.1: local without an offset, a missing hour moved on, a double hour taken first. */
final class DateReader {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final String FORMS = "jj/mm/aaaa, jj/mm/aaaa hh:mm ou ISO 8601";

    private final ZoneRules local;
    private final LocalDate earliest;

    /**
     * @param zone of the times written without an offset
     * @param earliest days before it are typing errors
     */
    DateReader(ZoneId zone, LocalDate earliest) {
        this.local = zone.getRules();
        this.earliest = earliest;
    }

    /** A civil day; of a date with a time, the day in Paris. */
    CellReading day(String value) {
        WrittenDate written = WrittenDate.parse(value);
        if (written == null) {
            return CellReading.wrong(unreadable(value));
        }
        LocalDate day = written.time() == null || written.offset() == null
                ? written.day()
                : LocalDateTime.of(written.day(), written.time())
                        .atOffset(written.offset())
                        .atZoneSameInstant(PARIS)
                        .toLocalDate();
        return checked(new CellReading(day.toString(), "", new Moment(day, null), List.of()), day);
    }

    /** An instant, or a day whose hour is not known. */
    CellReading instant(String value) {
        WrittenDate written = WrittenDate.parse(value);
        if (written == null) {
            return CellReading.wrong(unreadable(value));
        }
        LocalTime time = written.time();
        if (time == null) {
            LocalDate day = written.day();
            String midnight = SECONDS.format(day.atStartOfDay(PARIS).toInstant());
            return checked(new CellReading(midnight, "jour", new Moment(day, null), List.of()), day);
        }
        LocalDateTime clock = LocalDateTime.of(written.day(), time);
        ZoneOffset offset = written.offset();
        List<Finding> findings = List.of();
        if (offset == null) {
            List<ZoneOffset> offsets = local.getValidOffsets(clock);
            if (offsets.isEmpty()) {
                findings = List.of(Finding.warning(
                        "HEURE_INEXISTANTE",
                        "Heure inexistante (passage à l’heure d’été)\u00a0: avancée d’une heure."));
                // The offset before the gap moves the clock on by the length of the gap.
                offset = local.getTransition(clock).getOffsetBefore();
            } else {
                offset = offsets.get(0);
                if (offsets.size() > 1) {
                    findings = List.of(Finding.information(
                            "HEURE_AMBIGUE",
                            "Heure double (retour à l’heure d’hiver)\u00a0: la première est retenue\u202f; un"
                                    + " décalage écrit lève le doute."));
                }
            }
        }
        Instant instant = clock.toInstant(offset);
        LocalDate day = instant.atZone(PARIS).toLocalDate();
        return checked(new CellReading(canonical(instant), "heure", new Moment(day, instant), findings), day);
    }

    /** {@code yyyy-MM-ddTHH:mm:ssZ}; built by hand, for a formatter would be the dearest step of a line. */
    static String canonical(Instant instant) {
        String text = instant.toString();
        return text.length() == 20 ? text : SECONDS.format(instant);
    }

    private CellReading checked(CellReading reading, LocalDate day) {
        return day.isBefore(earliest)
                ? CellReading.wrong(
                        "DATE_INVALIDE",
                        "Date antérieure à " + earliest.getYear() + "\u00a0: sans doute une faute de frappe.")
                : reading;
    }

    static Finding unreadable(String value) {
        if (value.startsWith(DateChange.UNREADABLE)) {
            return Finding.error(
                    "DATE_INVALIDE", "Date d’une autre forme que celle que donne la correspondance (date_format).");
        }
        return WrittenDate.hasTwoDigitYear(value)
                ? Finding.error(
                        "ANNEE_2_CHIFFRES", "Année écrite sur deux chiffres\u00a0: quatre sont attendus (jj/mm/aaaa).")
                : Finding.error(
                        "DATE_INVALIDE", "Date illisible ou absente du calendrier\u00a0: " + FORMS + " attendu.");
    }
}
