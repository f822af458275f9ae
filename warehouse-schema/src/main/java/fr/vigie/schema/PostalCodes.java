package fr.vigie.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The postal codes that ship with the product, beside the codes of communes with which they are confused (domaine 3.2, 3.3): a postal code serves
 * several communes, and some five digits are both.
 */
public final class PostalCodes {

    private record Place(String codeInsee, String departement, CommuneName name) {}

    private static final class Official {
        private static final PostalCodes INSTANCE = read();
    }

    private final Map<String, List<Place>> places;
    private final Set<String> codesInsee;
    private final Set<CommuneName> divided;
    private final Set<String> departements;

    /**
     * @param codesInsee of communes present or gone
     * @param divided communes that have municipal arrondissements
     */
    private PostalCodes(Map<String, List<Place>> places, Set<String> codesInsee, Set<CommuneName> divided) {
        this.places = places;
        this.codesInsee = codesInsee;
        this.divided = divided;
        this.departements = departements(places.values().stream().flatMap(List::stream));
    }

    /** Those of the référentiel, read once. */
    public static PostalCodes official() {
        return Official.INSTANCE;
    }

    /** A postal code that is not the code of any commune, present or gone. */
    public boolean isOnlyPostal(String code) {
        return places.containsKey(code) && !codesInsee.contains(code);
    }

    /** Five digits that are a postal code and the code of a commune, present or gone: nothing in them tells which was meant. */
    public boolean isAmbiguous(String code) {
        return places.containsKey(code) && codesInsee.contains(code);
    }

    /** The INSEE codes of the communes that a postal code serves; none when it is unknown. */
    public Set<String> communes(String postalCode) {
        return places.getOrDefault(postalCode, List.of()).stream()
                .map(Place::codeInsee)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that also bear the name, or took in a place that did; an article counts only where it tells two of them apart. */
    public Set<String> communes(String postalCode, String libelle) {
        return named(places.getOrDefault(postalCode, List.of()), libelle);
    }

    /** Those that bear the name in the département of a postal code, whatever their own: a Cedex code serves no commune. */
    public Set<String> communesOfDepartement(String postalCode, String libelle) {
        Set<String> wanted = departementsThatBegin(postalCode);
        return named(
                places.values().stream()
                        .flatMap(List::stream)
                        .filter(place -> wanted.contains(place.departement()))
                        .toList(),
                libelle);
    }

    /** The départements of the communes that a postal code serves; some serve two. */
    public Set<String> departements(String postalCode) {
        return departements(places.getOrDefault(postalCode, List.of()).stream());
    }

    /**
     * A postal code begins like its département, with two figures or three. Where no département begins with its two, as in Corsica, those of the
     * communes that such codes serve.
     */
    private Set<String> departementsThatBegin(String postalCode) {
        String beginning = postalCode.substring(0, 2);
        if (departements.stream().noneMatch(code -> code.startsWith(beginning))) {
            return departements(places.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(beginning))
                    .flatMap(entry -> entry.getValue().stream()));
        }
        return departements.stream().filter(postalCode::startsWith).collect(Collectors.toSet());
    }

    private static Set<String> departements(Stream<Place> among) {
        return among.map(Place::departement).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> named(List<Place> among, String libelle) {
        CommuneName name = CommuneName.of(libelle).withoutArrondissement(divided);
        Set<String> exact = codes(among, place -> place.name().equals(name));
        return exact.isEmpty()
                ? codes(among, place -> place.name().withoutArticle().equals(name.withoutArticle()))
                : exact;
    }

    private static Set<String> codes(List<Place> among, Predicate<Place> wanted) {
        return among.stream().filter(wanted).map(Place::codeInsee).collect(Collectors.toCollection(TreeSet::new));
    }

    private static PostalCodes read() {
        Map<String, String> departements = new HashMap<>();
        ReferenceRows.of("communes").forEach(row -> departements.put(row.get(0), row.get(2)));
        Set<String> codesInsee = new HashSet<>(departements.keySet());
        Set<CommuneName> divided = new HashSet<>();
        for (List<String> row : ReferenceRows.of("communes_mouvements")) {
            codesInsee.add(row.get(2));
            if (row.get(1).equals("ARM")) {
                divided.add(CommuneName.of(row.get(5)));
            }
        }
        Map<String, List<Place>> places = new HashMap<>();
        ReferenceRows.of("codes_postaux")
                .forEach(row -> places.computeIfAbsent(row.get(0), code -> new ArrayList<>())
                        .add(new Place(
                                row.get(1),
                                Objects.requireNonNull(departements.get(row.get(1)), row.get(1)),
                                CommuneName.of(row.get(2)).withoutArrondissement(divided))));
        return new PostalCodes(places, codesInsee, divided);
    }
}
