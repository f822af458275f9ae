package fr.vigie.dashboards;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How numbers, dates and periods are written for French readers (domaine 0.4 and 6.1).
 *
 * <p>The platform's own formats are not used: their spaces, their rounding and their collation change with the runtime and its locale
 * data, and a published page must be the same bytes everywhere.
 */
public final class FrenchFormat {

    /** Keeps a number with its unit. */
    static final char NO_BREAK_SPACE = '\u00A0';

    /** Separates thousands, and stands before {@code ; ! ?}. */
    static final char NARROW_NO_BREAK_SPACE = '\u202F';

    static final char MINUS = '\u2212';

    /** What is written where a column does not apply: a cell is never empty. */
    static final String NOT_APPLICABLE = "–";

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Beyond four decimals nobody reads; the published value stops there as well. */
    private static final int MOST_DECIMALS = 4;

    private static final List<String> MONTHS = List.of(
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre");

    private static final Pattern MONTH = Pattern.compile("(\\d{4})-(0[1-9]|1[0-2])");
    private static final Pattern QUARTER = Pattern.compile("(\\d{4})-T([1-4])");
    private static final Pattern SEMESTER = Pattern.compile("(\\d{4})-S([12])");
    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern ROLLING_YEAR = Pattern.compile("(\\d{4}-(?:0[1-9]|1[0-2]))/12M");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BEFORE_HIGH_MARK = Pattern.compile(" (?=[;!?])");
    private static final Pattern BEFORE_COLON = Pattern.compile(" (?=[:%»])|(?<=«) ");
    private static final Pattern BEFORE_UNIT = Pattern.compile("(?<=\\d) (?=(?:h|j|ans|jours|heures)\\b)");

    private FrenchFormat() {}

    /** Rounded half up to the given decimals: {@code 1 234 567,5}. */
    public static String number(BigDecimal value, int decimals) {
        BigDecimal rounded = value.setScale(decimals, RoundingMode.HALF_UP);
        String digits = rounded.abs().toPlainString();
        int point = digits.indexOf('.');
        String whole = point < 0 ? digits : digits.substring(0, point);
        String fraction = point < 0 ? "" : "," + digits.substring(point + 1);
        return (rounded.signum() < 0 ? String.valueOf(MINUS) : "") + grouped(whole) + fraction;
    }

    /** All the decimals that the value has, none added. */
    public static String number(BigDecimal value) {
        return number(value, Math.max(0, value.stripTrailingZeros().scale()));
    }

    public static String integer(long value) {
        return number(BigDecimal.valueOf(value), 0);
    }

    private static String grouped(String whole) {
        StringBuilder grouped = new StringBuilder(whole);
        for (int position = whole.length() - 3; position > 0; position -= 3) {
            grouped.insert(position, NARROW_NO_BREAK_SPACE);
        }
        return grouped.toString();
    }

    /** One decimal, from a value in percents. */
    public static String percent(BigDecimal percents) {
        return number(percents, 1) + NO_BREAK_SPACE + "%";
    }

    /** One decimal, rounded once from the two integers; {@code s.o.} without a denominator. */
    public static String percent(long numerator, long denominator) {
        return denominator == 0 ? "s.o." : number(ratio(numerator, denominator, 1), 1) + NO_BREAK_SPACE + "%";
    }

    /**
     * One decimal, or as many as it takes for what is read to agree with what was decided: 6004 / 10000 against {@code > 60} is
     * {@code 60,04 %}, since {@code 60,0 %} would seem not to meet it (domaine 0.4).
     */
    public static String percent(long numerator, long denominator, ShownTarget target) {
        if (denominator == 0) {
            return "s.o.";
        }
        boolean met = target.isMetBy(
                BigDecimal.valueOf(numerator).multiply(HUNDRED),
                target.value().multiply(BigDecimal.valueOf(denominator)));
        int decimals = 1;
        BigDecimal shown = ratio(numerator, denominator, decimals);
        if (shown.compareTo(target.value()) == 0) {
            while (target.isMetBy(shown) != met && decimals < MOST_DECIMALS) {
                decimals++;
                shown = ratio(numerator, denominator, decimals);
            }
        }
        return number(shown, decimals) + NO_BREAK_SPACE + "%";
    }

    private static BigDecimal ratio(long numerator, long denominator, int decimals) {
        return BigDecimal.valueOf(numerator)
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(denominator), decimals, RoundingMode.HALF_UP);
    }

    /** A difference of two percentages, always signed: {@code +2,3 pt}. */
    public static String points(BigDecimal points) {
        BigDecimal rounded = points.setScale(1, RoundingMode.HALF_UP);
        return (rounded.signum() > 0 ? "+" : "") + number(rounded, 1) + NO_BREAK_SPACE + "pt";
    }

    /** How a count changed, in percents, signed; {@code n.d.} when it was 0. */
    public static String change(long before, long now) {
        if (before == 0) {
            return "n.d.";
        }
        BigDecimal percents = ratio(now - before, before, 1);
        return (percents.signum() > 0 ? "+" : "") + percent(percents);
    }

    /** {@code 1er mars 2026}: only the first day of a month is an ordinal. */
    public static String date(LocalDate date) {
        String day = date.getDayOfMonth() == 1 ? "1er" : String.valueOf(date.getDayOfMonth());
        return day + " " + month(date.getMonthValue()) + " " + date.getYear();
    }

    /** For tables: {@code 02/10/2025}. */
    public static String shortDate(LocalDate date) {
        return "%02d/%02d/%04d".formatted(date.getDayOfMonth(), date.getMonthValue(), date.getYear());
    }

    /** {@code 14 h 30}; a whole hour is {@code 14 h}. */
    public static String time(LocalTime time) {
        return hoursAndMinutes(time.getHour(), time.getMinute());
    }

    /** {@code 28 février 2026 à 23 h 59}. */
    public static String dateTime(LocalDateTime instant) {
        return date(instant.toLocalDate()) + " à " + time(instant.toLocalTime());
    }

    /** Elapsed hours and minutes, hours never turned into days: {@code 47 h 59}. */
    public static String duration(Duration duration) {
        return hoursAndMinutes(duration.toHours(), duration.toMinutesPart());
    }

    private static String hoursAndMinutes(long hours, int minutes) {
        String whole = integer(hours) + NO_BREAK_SPACE + "h";
        return minutes == 0 ? whole : whole + NO_BREAK_SPACE + "%02d".formatted(minutes);
    }

    /** {@code 3 j}, {@code 8,5 j}. */
    public static String days(BigDecimal days) {
        BigDecimal rounded = days.setScale(1, RoundingMode.HALF_UP).stripTrailingZeros();
        return number(rounded, Math.max(0, rounded.scale())) + NO_BREAK_SPACE + "j";
    }

    /** A period of the contract in words; a text that is none of them is a bug of the caller. */
    public static String period(String period) {
        Matcher rolling = ROLLING_YEAR.matcher(period);
        if (rolling.matches()) {
            return "12 mois à fin " + period(rolling.group(1));
        }
        Matcher month = MONTH.matcher(period);
        if (month.matches()) {
            return month(Integer.parseInt(month.group(2))) + " " + month.group(1);
        }
        Matcher quarter = QUARTER.matcher(period);
        if (quarter.matches()) {
            return "T" + quarter.group(2) + " " + quarter.group(1);
        }
        Matcher semester = SEMESTER.matcher(period);
        if (semester.matches()) {
            return (semester.group(2).equals("1") ? "1er" : "2e") + " semestre " + semester.group(1);
        }
        if (YEAR.matcher(period).matches()) {
            return period;
        }
        throw new IllegalArgumentException("Not a period of the contract: " + period
                + ". Expected one of 2026-02, 2026-T1, 2026-S1, 2026, 2026-02/12M.");
    }

    private static String month(int number) {
        return MONTHS.get(number - 1);
    }

    /**
     * A text typed with plain spaces, as definitions and messages are, with those at which no line may break: a question mark alone on its
     * line, or a number without its unit, is not read.
     */
    public static String typeset(String text) {
        String marked = BEFORE_HIGH_MARK.matcher(text).replaceAll(String.valueOf(NARROW_NO_BREAK_SPACE));
        String pointed = BEFORE_COLON.matcher(marked).replaceAll(String.valueOf(NO_BREAK_SPACE));
        return BEFORE_UNIT.matcher(pointed).replaceAll(String.valueOf(NO_BREAK_SPACE));
    }

    /** {@code 0 patient}, {@code 2 patients}: French is singular below two. */
    public static String plural(long count, String singular, String plural) {
        return integer(count) + NO_BREAK_SPACE + noun(BigDecimal.valueOf(count), singular, plural);
    }

    /** {@code 1,9 patient}. */
    public static String plural(BigDecimal count, String singular, String plural) {
        return number(count) + NO_BREAK_SPACE + noun(count, singular, plural);
    }

    static String noun(BigDecimal count, String singular, String plural) {
        return count.abs().compareTo(BigDecimal.valueOf(2)) < 0 ? singular : plural;
    }

    public static String capitalised(String words) {
        return words.substring(0, 1).toUpperCase(Locale.FRENCH) + words.substring(1);
    }

    /** A step of {@code vigie explain} in words. */
    static String stepWords(String step) {
        return switch (step) {
            case "FAITS" -> "Faits lus";
            case "HORS_POPULATION" -> "Hors population";
            case "EN_COURS" -> "En cours d’observation";
            case "EXCLU" -> "Exclus";
            case "INDETERMINE" -> "Indéterminés (parmi les comptés)";
            case "DENOMINATEUR" -> "Comptés (dénominateur)";
            case "NUMERATEUR" -> "Au numérateur";
            default -> step;
        };
    }

    /** What stands in the place of a value that is not shown; absent when the status shows it. */
    public static Optional<String> special(String statut) {
        return switch (statut) {
            case "S11" -> Optional.of("<" + NO_BREAK_SPACE + "11");
            case "SEC" -> Optional.of("s");
            case "NS" -> Optional.of("NS");
            case "SO" -> Optional.of("s.o.");
            case "ND" -> Optional.of("n.d.");
            default -> Optional.empty();
        };
    }

    /** What a status means, in a few words. */
    public static String statusWords(String statut) {
        return switch (statut) {
            case "PUBLIE" -> "publié";
            case "S11" -> "masqué, effectif inférieur à 11";
            case "SEC" -> "masqué, secret secondaire";
            case "NS" -> "non significatif, moins de 5 professionnels";
            case "SO" -> "sans objet, aucun cas";
            case "ND" -> "non disponible, flux non chargé";
            case "EN_COURS" -> "en cours";
            default -> statut;
        };
    }

    /** The order of a French dictionary: É is E, and case or hyphens do not separate names. */
    public static Comparator<String> byFrenchName() {
        return Comparator.comparing(FrenchFormat::sortKey).thenComparing(Comparator.naturalOrder());
    }

    private static String sortKey(String name) {
        String unaccented =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
        return unaccented
                .toLowerCase(Locale.ROOT)
                .replace("œ", "oe")
                .replace("æ", "ae")
                .replace('’', ' ')
                .replace('\'', ' ')
                .replace('-', ' ');
    }
}
