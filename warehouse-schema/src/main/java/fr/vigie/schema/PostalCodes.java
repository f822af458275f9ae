package fr.vigie.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The postal codes that ship with the product, beside the codes of communes with which they are confused (domaine 3.2, 3.3): a postal code serves
 * several communes, and some five digits are both.
 */
public final class PostalCodes {

    private record Place(String codeInsee, CommuneName name) {}

    private static final class Official {
        private static final PostalCodes INSTANCE = read();
    }

    private final Map<String, List<Place>> places;
    private final Set<String> codesInsee;

    private PostalCodes(Map<String, List<Place>> places, Set<String> codesInsee) {
        this.places = places;
        this.codesInsee = codesInsee;
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

    /** The INSEE codes that bear the name, whatever their postal code, and begin like one of those of a département. */
    public Set<String> communesOfDepartement(Set<String> beginnings, String libelle) {
        return named(
                places.values().stream()
                        .flatMap(List::stream)
                        .filter(place -> beginnings.stream().anyMatch(place.codeInsee()::startsWith))
                        .toList(),
                libelle);
    }

    private static Set<String> named(List<Place> among, String libelle) {
        CommuneName name = CommuneName.of(libelle);
        Set<String> exact = codes(among, place -> place.name().equals(name));
        return exact.isEmpty()
                ? codes(among, place -> place.name().withoutArticle().equals(name.withoutArticle()))
                : exact;
    }

    private static Set<String> codes(List<Place> among, Predicate<Place> wanted) {
        return among.stream().filter(wanted).map(Place::codeInsee).collect(Collectors.toCollection(TreeSet::new));
    }

    private static PostalCodes read() {
        Map<String, List<Place>> places = new HashMap<>();
        ReferenceRows.of("codes_postaux")
                .forEach(row -> places.computeIfAbsent(row.get(0), code -> new ArrayList<>())
                        .add(new Place(row.get(1), CommuneName.of(row.get(2)))));
        Set<String> codesInsee = new HashSet<>();
        ReferenceRows.of("communes").forEach(row -> codesInsee.add(row.get(0)));
        ReferenceRows.of("communes_mouvements").forEach(row -> codesInsee.add(row.get(2)));
        return new PostalCodes(places, codesInsee);
    }
}
