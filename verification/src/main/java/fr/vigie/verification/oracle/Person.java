package fr.vigie.verification.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of one person, told by all their rows before the limit; a person without a row of {@code patients} has unknown attributes. */
final class Person {

    /** ALD numbers to groups (domaine 0.9); the others are AUTRE. */
    private static final Map<String, String> GROUPS_OF_ALD = Map.ofEntries(
            Map.entry("8", "DIAB"),
            Map.entry("30", "CANC"),
            Map.entry("5", "CARD"),
            Map.entry("13", "CARD"),
            Map.entry("3", "CARD"),
            Map.entry("12", "CARD"),
            Map.entry("14", "RESP"),
            Map.entry("23", "PSY"),
            Map.entry("15", "NEUD"),
            Map.entry("16", "NEUD"),
            Map.entry("1", "AVC"),
            Map.entry("19", "IRC"));

    /** The row to believe last: highest version, then latest commune_debut, then greatest text. */
    private static final Comparator<SilverRow> BELIEVED_LAST = Comparator.<SilverRow, Instant>comparing(
                    row -> row.instant("version"), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(row -> row.day("commune_debut"), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(row -> row.values().toString());

    private final String id;
    private final Birth birth;
    private final String sexe;
    private final List<String> pathologies;
    private final boolean isEnAld;
    private final List<String> vulnerabilites;
    private final Residence residence;
    private final MedecinTraitant medecinTraitant;
    private final @Nullable Instant death;

    /** @param rows the person's rows of each feed; those of facts end before the limit */
    Person(String id, Map<String, List<SilverRow>> rows, Referentiel referentiel, Instant limit) {
        this.id = id;
        List<SilverRow> patients = rows.getOrDefault("patients", List.of()).stream()
                .sorted(BELIEVED_LAST)
                .toList();
        List<SilverRow> evenements = rows.getOrDefault("evenements", List.of()).stream()
                .sorted(Comparator.<SilverRow, Instant>comparing(row -> row.requiredInstant("date_heure"))
                        .thenComparing(row -> row.requiredText("evenement_id"))
                        .thenComparing(row -> row.requiredText("source")))
                .toList();
        Map<String, Object> attributes = new TreeMap<>();
        for (SilverRow row : patients) {
            row.values().forEach((name, value) -> {
                if (!(value instanceof List<?> list && list.isEmpty())) {
                    attributes.put(name, value);
                }
            });
        }
        SilverRow attribute = SilverRow.of(attributes);
        birth = Birth.of(
                attribute.day("date_naissance"), attribute.text("mois_naissance"), attribute.number("annee_naissance"));
        String told = attribute.text("sexe");
        sexe = told == null ? "I" : told;
        TreeSet<String> groups = new TreeSet<>(attribute.texts("pathologies"));
        attribute.texts("ald").forEach(number -> groups.add(GROUPS_OF_ALD.getOrDefault(number, "AUTRE")));
        pathologies = groups.isEmpty() ? List.of("AUCUNE") : List.copyOf(groups);
        isEnAld = !attribute.texts("ald").isEmpty();
        TreeSet<String> codes = new TreeSet<>(attribute.texts("vulnerabilites"));
        if (attribute.isTrue("qpv")) {
            codes.add("QPV");
        }
        vulnerabilites = List.copyOf(codes);
        residence = new Residence(
                patients,
                evenements.stream()
                        .filter(row -> row.isOneOf("type", "DEMENAGEMENT"))
                        .toList(),
                referentiel,
                limit);
        medecinTraitant = new MedecinTraitant(rows.getOrDefault("declarations_mt", List.of()), referentiel);
        death = death(
                attribute.day("date_deces"),
                evenements.stream().filter(row -> row.isOneOf("type", "DECES")).toList(),
                limit);
    }

    /** The earliest day of death; in that day, the earliest hour that is known, else midnight. */
    private static @Nullable Instant death(@Nullable LocalDate declared, List<SilverRow> events, Instant limit) {
        LocalDate day = declared;
        for (SilverRow event : events) {
            LocalDate eventDay = event.requiredDay("date_heure");
            if (day == null || eventDay.isBefore(day)) {
                day = eventDay;
            }
        }
        if (day == null) {
            return null;
        }
        Instant hour = null;
        for (SilverRow event : events) {
            if (day.equals(event.day("date_heure"))
                    && !event.isDayOnly("date_heure")
                    && (hour == null || event.requiredInstant("date_heure").isBefore(hour))) {
                hour = event.requiredInstant("date_heure");
            }
        }
        Instant death = hour == null ? ParisTime.midnight(day) : hour;
        return death.isBefore(limit) ? death : null;
    }

    String id() {
        return id;
    }

    Birth birth() {
        return birth;
    }

    String sexe() {
        return sexe;
    }

    List<String> pathologies() {
        return pathologies;
    }

    /** Told by an ALD number; not being told says nothing. */
    boolean isEnAld() {
        return isEnAld;
    }

    List<String> vulnerabilitesOn(LocalDate day) {
        TreeSet<String> codes = new TreeSet<>(vulnerabilites);
        if (birth.leastAgeOn(day) >= 75) {
            codes.add("AGE");
        }
        return codes.isEmpty() ? List.of("AUCUNE") : List.copyOf(codes);
    }

    @Nullable
    Instant death() {
        return death;
    }

    @Nullable
    LocalDate firstDayWithMedecinTraitantFrom(LocalDate day) {
        return medecinTraitant.firstDayFrom(day);
    }

    Residence residence() {
        return residence;
    }

    boolean hasMedecinTraitantOn(LocalDate day) {
        return medecinTraitant.holdsOn(day);
    }

    /** Civil days to the first declaration that begins on a day or after it and is worth something when it begins. */
    @Nullable
    Long medecinTraitantDaysAfter(LocalDate day) {
        LocalDate start = medecinTraitant.firstStartFrom(day);
        return start == null ? null : Long.valueOf(ParisTime.days(day, start));
    }

    boolean isDeadOn(LocalDate day) {
        return death != null && !ParisTime.dayOf(death).isAfter(day);
    }

    /** Elapsed seconds to the death, never before the fact. */
    @Nullable
    Long deathSecondsAfter(Instant instant) {
        return death == null ? null : Long.valueOf(Math.max(0, ParisTime.seconds(instant, death)));
    }

    /** Civil days to the death, never before the fact. */
    @Nullable
    Long deathDaysAfter(LocalDate day) {
        return death == null ? null : Long.valueOf(Math.max(0, ParisTime.days(day, ParisTime.dayOf(death))));
    }

    @Nullable
    Long departureSecondsAfter(LocalDate day, Instant instant, @Nullable String ownCommune) {
        Instant departure = residence.departureAfter(day, ownCommune);
        return departure == null ? null : Long.valueOf(Math.max(0, ParisTime.seconds(instant, departure)));
    }

    @Nullable
    Long departureDaysAfter(LocalDate day, @Nullable String ownCommune) {
        Instant departure = residence.departureAfter(day, ownCommune);
        return departure == null ? null : Long.valueOf(ParisTime.days(day, ParisTime.dayOf(departure)));
    }
}
