package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.cli.Output.Format;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.publication.PublicationReader;
import fr.vigie.batch.publication.PublicationReader.Publication;
import fr.vigie.dashboards.FrenchFormat;
import fr.vigie.indicators.Catalogue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the commands that read a publication share. They start neither Spark nor a batch job. */
final class PublicationCommand {

    private PublicationCommand() {}

    /** The publication asked for, or the current one. */
    static Publication publication(PublicationReader values, @Nullable Integer number) {
        Optional<Publication> found = number == null ? values.current() : values.numbered(number);
        return found.orElseThrow(() -> missing(number));
    }

    private static Failure missing(@Nullable Integer number) {
        return number == null
                ? Failure.of(
                        "Aucune publication pour l’instant\u202f: chargez des fichiers puis lancez «\u00a0vigie refresh --as-of DATE\u00a0», "
                                + "ou essayez «\u00a0vigie demo\u00a0».")
                : Failure.usage(
                        "La publication " + number + " n’existe pas\u202f: «\u00a0vigie status\u00a0» les liste.");
    }

    /** Refuses a territory that the publication's référentiel does not know. */
    static void checkTerritory(PublicationReader values, Publication publication, String[] place) {
        boolean isAlwaysThere =
                place[0].equals("ENSEMBLE") || place[0].equals("INCONNU") || place[1].equals("HORS_CPTS");
        if (!isAlwaysThere
                && values.territoryName(publication.number(), place[0], place[1])
                        .isEmpty()) {
            throw Failure.usage("Territoire inconnu\u202f: «\u00a0" + place[0] + ":" + place[1]
                    + "\u00a0» n’est pas dans le référentiel de la publication " + publication.number() + ".");
        }
    }

    /** What programs receive is soon a file that goes further than who asked for it; on a terminal nothing is handed on. */
    static void warnOfHandingOn(Format format, String sentence) {
        if (format != Format.table) {
            System.err.println(FrenchFormat.typeset(sentence));
        }
    }

    /** @param number of the publication that will be asked for, null for the current one */
    static PublicationReader values(CommonOptions common, @Nullable Integer number) {
        if (!common.hasDatabase()) {
            throw missing(number);
        }
        Database database = common.openToRead();
        return new PublicationReader(database.snapshot());
    }

    /**
     * A reading as it is published: {@code CODE}, {@code CODE/variant}, or {@code CODE/*}. The product's catalogue answers without opening
     * anything; a code that it does not know can still be one of the publication's own definitions.
     */
    static boolean isInCatalogue(String key) {
        Catalogue catalogue = Catalogue.read(Optional.empty());
        String code = code(key);
        return key.endsWith("/*")
                ? catalogue.definition(code).isPresent()
                : catalogue.variant(key).isPresent();
    }

    static String code(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    static Failure unknown(String key) {
        String known = String.join(
                ", ",
                Catalogue.read(Optional.empty()).definitions().stream()
                        .map(one -> one.code())
                        .toList());
        return Failure.usage("Indicateur inconnu\u202f: «\u00a0" + key + "\u00a0». Connus\u00a0: " + known
                + "\u202f; «\u00a0vigie indicators\u00a0» donne leurs variantes.");
    }

    /** Says what the values of these indicators were computed without (domaine 0.9 bis). */
    static void tellMentions(Map<String, PublicationReader.Computable> published, Predicate<String> isAsked) {
        tell(
                "RISQUES_NON_OBSERVES",
                published,
                isAsked,
                PublicationReader.Computable::unobservedRisks,
                "flux jamais reçu : décès et départs qu’il dirait ne sont pas vus");
        tell(
                "REGLES_NON_CALCULEES",
                published,
                isAsked,
                PublicationReader.Computable::leftOut,
                "règle dont un flux n’a jamais été reçu : ses ruptures ne sont pas comptées");
    }

    private static void tell(
            String mention,
            Map<String, PublicationReader.Computable> published,
            Predicate<String> isAsked,
            Function<PublicationReader.Computable, Set<String>> names,
            String meaning) {
        String said = published.values().stream()
                .filter(one -> isAsked.test(one.code()) && !names.apply(one).isEmpty())
                .map(one -> one.code() + " (" + String.join(", ", names.apply(one)) + ")")
                .collect(Collectors.joining(", "));
        if (!said.isEmpty()) {
            System.err.println(FrenchFormat.typeset(mention + " : " + said + " ; " + meaning + "."));
        }
    }

    static boolean isPublished(Map<String, PublicationReader.Computable> published, String key) {
        PublicationReader.Computable one = published.get(code(key));
        String variant = key.contains("/") ? key.substring(key.indexOf('/') + 1) : "";
        return one != null
                && (variant.isEmpty() || variant.equals("*") || one.variants().contains(variant));
    }
}
