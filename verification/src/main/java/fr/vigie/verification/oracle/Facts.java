package fr.vigie.verification.oracle;

import fr.vigie.indicators.RuptureRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every gold fact of a silver world, as known at the date d'arrêt. */
final class Facts {

    /** The column that dates the rows of each feed that tells about persons. */
    private static final Map<String, String> DATES = Map.of(
            "evenements", "date_heure",
            "rendez_vous", "date_heure_debut",
            "orientations", "date_emission",
            "declarations_mt", "date_debut",
            "creneaux", "date_heure_debut");

    private static final int YEARS_OF_DEPTH = 5;

    private final Map<String, List<Fact>> byTable = new TreeMap<>();
    private final YearMonth lastMonth;
    private final YearMonth firstMonth;
    private final List<RuptureRule> rules;
    /** Planned ones too: what is taken before the limit may lie after it. */
    private final Map<String, List<SilverRow>> allRendezVous = new TreeMap<>();

    /** @param limit the end of the last minute that is read, exclusive */
    Facts(CurrentRows silver, Instant limit, List<RuptureRule> rules) {
        this.rules = rules;
        lastMonth = YearMonth.from(ParisTime.dayOf(ParisTime.dateArret(limit)));
        Set<String> opposed = opposed(silver);
        Map<String, Map<String, List<SilverRow>>> byPerson = new TreeMap<>();
        LocalDate firstDay = null;
        for (String feed : List.of("patients", "evenements", "rendez_vous", "orientations", "declarations_mt")) {
            for (SilverRow row : silver.rows(feed)) {
                String id = row.text("patient_id");
                // A declaration, like a birth, says since when, not when something happened; an error never did.
                boolean opensNothing = feed.equals("declarations_mt") || row.isOneOf("statut", "ERREUR");
                LocalDate day = DATES.containsKey(feed) && !opensNothing
                        ? row.day(Objects.requireNonNull(DATES.get(feed)))
                        : null;
                if (id != null && !opposed.contains(id) && feed.equals("rendez_vous")) {
                    allRendezVous.computeIfAbsent(id, key -> new ArrayList<>()).add(row);
                }
                if (id != null && !opposed.contains(id) && isBefore(limit, feed, row)) {
                    byPerson.computeIfAbsent(id, key -> new TreeMap<>())
                            .computeIfAbsent(feed, key -> new ArrayList<>())
                            .add(row);
                    firstDay = day != null && (firstDay == null || day.isBefore(firstDay)) ? day : firstDay;
                }
            }
        }
        List<SilverRow> slots = silver.rows("creneaux").stream()
                .filter(row -> isBefore(limit, "creneaux", row))
                .toList();
        for (SilverRow slot : slots) {
            LocalDate day = slot.requiredDay("date_heure_debut");
            firstDay = firstDay == null || day.isBefore(firstDay) ? day : firstDay;
        }
        YearMonth deepest = lastMonth.minusYears(YEARS_OF_DEPTH);
        YearMonth first = firstDay == null ? lastMonth : YearMonth.from(firstDay);
        firstMonth = first.isBefore(deepest) ? deepest : first;
        Referentiel referentiel = new Referentiel(silver);
        List<SilverRow> honoured = byPerson.values().stream()
                .flatMap(rows -> new RendezVous(rows.getOrDefault("rendez_vous", List.of())).counted().stream())
                .filter(row -> row.isOneOf("statut", "HONORE"))
                .toList();
        byTable.put(
                "creneau", new CreneauFacts(slots, honoured, new Person("", Map.of(), referentiel, limit)).creneaux());
        byPerson.forEach((id, rows) -> add(new Person(id, rows, referentiel, limit), rows, limit));
    }

    /** The facts from the first month read on. */
    List<Fact> of(String table) {
        return byTable.getOrDefault(table, List.of()).stream()
                .filter(fact -> !YearMonth.from(fact.jour()).isBefore(firstMonth))
                .toList();
    }

    private void add(Person person, Map<String, List<SilverRow>> rows, Instant limit) {
        List<SilverRow> evenements = rows.getOrDefault("evenements", List.of());
        RendezVous rendezVous = new RendezVous(rows.getOrDefault("rendez_vous", List.of()));
        Map<String, List<Fact>> own = new TreeMap<>();
        Suivi suivi = new Suivi(rendezVous.counted(), evenements);
        Stays stays = new Stays(evenements);
        SortieFacts sorties = new SortieFacts(person, stays, rendezVous.admissible(), suivi);
        OrientationFacts orientations =
                new OrientationFacts(person, rows.getOrDefault("orientations", List.of()), stays, limit);
        Reprises reprises = new Reprises(allRendezVous.getOrDefault(person.id(), List.of()), limit);
        own.put("sortie", sorties.sorties());
        own.put("rendez_vous_de_sortie", sorties.rendezVousDeSortie());
        own.put(
                "rendez_vous",
                rendezVous.counted().stream()
                        .map(row -> rendezVous(person, row, reprises))
                        .toList());
        own.put("passage", new PassageFacts(person, evenements, suivi, limit).passages());
        own.put("orientation", orientations.orientations());
        own.put("chaine", orientations.chaines());
        own.put("etape", orientations.etapes());
        own.put("rupture", new RuptureFacts(person, rules, limit).ruptures(own));
        if (rows.containsKey("patients")) {
            own.put("personne_mois", personneMois(person, ParisTime.dayOf(ParisTime.dateArret(limit))));
        }
        own.forEach((table, facts) ->
                byTable.computeIfAbsent(table, key -> new ArrayList<>()).addAll(facts));
    }

    private static Fact rendezVous(Person person, SilverRow row, Reprises reprises) {
        return FactBuilder.dated("rendez_vous", person, row, "date_heure_debut", null)
                .with("etablissement", row.text("finess"))
                .with("dispositif", row.text("dispositif_id"))
                .with("profession", row.text("profession"))
                .with("mode", row.text("mode"))
                .with("statut", row.text("statut"))
                .with("est_creneau_dedie", row.isTrue("creneau_dedie"))
                .with("ancre", row.requiredText("source") + "|" + row.requiredText("rdv_id"))
                .with("reprise_le", reprises.after(row))
                .build();
    }

    private List<Fact> personneMois(Person person, LocalDate dayOfArret) {
        List<Fact> facts = new ArrayList<>();
        for (YearMonth month = firstMonth; !month.isAfter(lastMonth); month = month.plusMonths(1)) {
            LocalDate day = month.equals(lastMonth) ? dayOfArret : month.atEndOfMonth();
            if (!person.birth().isSurelyAfter(day)) {
                facts.add(FactBuilder.onDay("personne_mois", person, day)
                        .with("est_decede", person.isDeadOn(day))
                        .with("a_medecin_traitant", person.hasMedecinTraitantOn(day))
                        .build());
            }
        }
        return facts;
    }

    private static boolean isBefore(Instant limit, String feed, SilverRow row) {
        String column = DATES.get(feed);
        if (column == null) {
            return true;
        }
        Instant instant = feed.equals("declarations_mt") ? midnight(row.day(column)) : row.instant(column);
        return instant == null || instant.isBefore(limit);
    }

    private static @Nullable Instant midnight(@Nullable LocalDate day) {
        return day == null ? null : ParisTime.midnight(day);
    }

    /** Opposition is a right of the person, not a fact of the period: it holds whatever its date. */
    private static Set<String> opposed(CurrentRows silver) {
        Set<String> opposed = new HashSet<>();
        for (SilverRow row : silver.rows("patients")) {
            if (row.isTrue("opposition")) {
                opposed.add(row.requiredText("patient_id"));
            }
        }
        for (SilverRow row : silver.rows("evenements")) {
            if (row.isOneOf("type", "OPPOSITION") && row.text("patient_id") != null) {
                opposed.add(row.requiredText("patient_id"));
            }
        }
        return opposed;
    }
}
