package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.indicators.Dimension;
import fr.vigie.indicators.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the words of the command line; what cannot be read is a wrong usage, said before anything is opened. */
final class Words {

    private static final Set<String> TERRITORY_TYPES = Set.of(
            "ENSEMBLE",
            "INCONNU",
            "COMMUNE",
            "EPCI",
            "DEPARTEMENT",
            "REGION",
            "CPTS",
            "CLS",
            "GHT",
            "BASSIN",
            "TVS",
            "PERSO");

    private static final DateTimeFormatter FRENCH_DAY =
            DateTimeFormatter.ofPattern("dd/MM/uuuu").withResolverStyle(ResolverStyle.STRICT);

    private Words() {}

    /** The start of the minute of a date d'arrêt: an ISO date-time, or a day, which is its 23:59. */
    static Instant asOf(String text) {
        try {
            if (text.indexOf('T') < 0) {
                return day(text).atTime(23, 59).atZone(StopDates.PARIS).toInstant();
            }
            Instant instant = text.matches(".*(Z|[+-]\\d{2}:?\\d{2})$")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(StopDates.PARIS).toInstant();
            return instant.truncatedTo(ChronoUnit.MINUTES);
        } catch (DateTimeParseException unreadable) {
            throw Failure.usage("Date illisible\u202f: «\u00a0" + text
                    + "\u00a0». Écrivez par exemple 2026-02-28T23:59 ou 2026-02-28.");
        }
    }

    static LocalDate day(String text) {
        try {
            return text.contains("/") ? LocalDate.parse(text, FRENCH_DAY) : LocalDate.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw Failure.usage("Date illisible\u202f: «\u00a0" + text + "\u00a0». Écrivez par exemple 2026-02-28.");
        }
    }

    static Period period(String text) {
        return Period.parse(text)
                .orElseThrow(
                        () -> Failure.usage(
                                "Période inconnue\u202f: «\u00a0" + text
                                        + "\u00a0». Écrivez 2026-02 (mois), 2026-T1 (trimestre), 2026-S1 (semestre), 2026 (année) ou 2026-02/12M (12 mois glissants)."));
    }

    /** Type and code of {@code TYPE:CODE}, or of {@code ENSEMBLE} or {@code INCONNU} alone. */
    static String[] territory(String text) {
        if (text.equals("ENSEMBLE") || text.equals("INCONNU")) {
            return new String[] {text, text};
        }
        int colon = text.indexOf(':');
        String type = colon < 0 ? "" : text.substring(0, colon);
        if (colon == text.length() - 1 || !TERRITORY_TYPES.contains(type)) {
            throw Failure.usage(
                    "Territoire inconnu\u202f: «\u00a0" + text
                            + "\u00a0». Écrivez TYPE:CODE, par exemple DEPARTEMENT:34, CPTS:HORS_CPTS, COMMUNE:34301 ou ENSEMBLE.");
        }
        return new String[] {type, text.substring(colon + 1)};
    }

    /** The dimensions of {@code age} or {@code age,sexe}. */
    static List<String> dimensions(String text) {
        List<String> codes = new ArrayList<>();
        for (String code : text.split(",", -1)) {
            codes.add(Dimension.named(code.strip())
                    .orElseThrow(
                            () -> Failure.usage(
                                    "Dimension inconnue\u202f: «\u00a0" + code
                                            + "\u00a0». Connues\u00a0: age, sexe, pathologie, vulnerabilite, etablissement, dispositif, profession, mode, regle, sens."))
                    .code());
        }
        if (codes.stream().distinct().count() < codes.size()) {
            throw Failure.usage(
                    "Dimension donnée deux fois\u202f: «\u00a0" + text + "\u00a0». Écrivez par exemple --by age,sexe.");
        }
        return codes;
    }
}
