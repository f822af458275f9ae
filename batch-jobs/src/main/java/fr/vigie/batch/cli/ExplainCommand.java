package fr.vigie.batch.cli;

import fr.vigie.batch.cli.Output.Format;
import fr.vigie.batch.publication.PublicationReader;
import fr.vigie.batch.publication.PublicationReader.Computable;
import fr.vigie.batch.publication.PublicationReader.Described;
import fr.vigie.batch.publication.PublicationReader.FunnelRow;
import fr.vigie.batch.publication.PublicationReader.Publication;
import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie explain}: what a number means, and the funnel that leads to it. */
@Command(name = "explain", description = "la définition d’un indicateur en mots, et son entonnoir")
final class ExplainCommand implements Callable<Integer> {

    @Parameters(arity = "1", paramLabel = "CODE", description = "indicateur : CODE ou CODE/variante")
    private String key = "";

    @Option(names = "--territory", required = true, paramLabel = "TYPE:CODE", description = "territoire")
    private String territory = "";

    @Option(names = "--period", required = true, paramLabel = "PÉRIODE", description = "période")
    private String period = "";

    @Option(names = "--publication", paramLabel = "N", description = "une publication plus ancienne, par son numéro")
    private @Nullable Integer publication;

    @Option(names = "--format", paramLabel = "table|csv|json", description = "présentation")
    private @Nullable Format format;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        String[] place = Words.territory(territory);
        Words.period(period);
        boolean isOurs = PublicationCommand.isInCatalogue(key) && !key.endsWith("/*");
        if (!isOurs && !common.hasDatabase()) {
            throw PublicationCommand.unknown(key);
        }
        PublicationReader values = PublicationCommand.values(common, publication);
        if (!isOurs && values.current().isEmpty()) {
            throw PublicationCommand.unknown(key);
        }
        Publication asked = PublicationCommand.publication(values, publication);
        Computable computable = values.indicators(asked.number()).get(PublicationCommand.code(key));
        if (!isOurs && computable == null) {
            throw PublicationCommand.unknown(key);
        }
        PublicationCommand.checkTerritory(values, asked, place);
        Catalogue catalogue = Catalogue.read(Optional.empty());
        Optional<Definition> definition = catalogue.definition(PublicationCommand.code(key));
        Optional<Variant> variant = catalogue.variant(key);
        String published = variant.map(Variant::key).orElse(key);
        if (computable == null || !computable.missingFeeds().isEmpty()) {
            System.err.println("Non calculable ici\u202f: aucun fichier chargé pour "
                    + (computable == null
                            ? "les flux que cet indicateur demande"
                            : "le flux " + String.join(", le flux ", computable.missingFeeds()))
                    + ".");
        }
        String code = PublicationCommand.code(key);
        PublicationCommand.tellMentions(values.indicators(asked.number()), code::equals);
        List<FunnelRow> rows = values.funnel(asked.number(), published, place[0], place[1], period);
        Format chosen = CommonOptions.format(format);
        Optional<Integer> other = values.version(asked.number(), published, place[0], place[1], period)
                .filter(counted -> computable != null && counted != computable.version());
        if (other.isPresent()) {
            // The words that are kept are those of the last version.
            System.err.println("Cette période est comptée par la version " + other.get()
                    + " de la fiche, qui n’est plus la dernière\u202f:"
                    + " sa question, ses paramètres et sa cible sont dans le fichier de cette version.");
        } else if (chosen == Format.table) {
            values.described(asked.number(), published)
                    .or(() -> definition.map(one -> Described.of(one, variant.orElse(one.official()))))
                    .ifPresent(one -> describe(published, one));
        }
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (FunnelRow row : rows) {
            List<@Nullable Object> line = new ArrayList<>();
            line.add(row.step());
            line.add(row.reason());
            line.add(row.count());
            cells.add(line);
        }
        Output.print(new Output.Rows(List.of("etape", "motif", "effectif"), cells), chosen, System.out);
        if (rows.isEmpty() && computable != null && computable.missingFeeds().isEmpty()) {
            System.err.println("La publication " + asked.number() + " ne compte rien de " + published
                    + " pour ce territoire et cette période\u202f: «\u00a0vigie values --indicator " + published
                    + "\u00a0» dit où et quand elle compte.");
        }
        if (!rows.isEmpty()) {
            PublicationCommand.warnOfHandingOn(
                    chosen,
                    "Effectifs internes, non masqués : à ne pas diffuser. Pour transmettre : vigie values --audience partenaire ou public.");
        }
        return 0;
    }

    private static void describe(String key, Described one) {
        System.out.println(key + " — " + (key.contains("/") ? one.reading() : one.label()));
        System.out.println("  Question\u00a0: " + one.question());
        System.out.println("  Source\u00a0: " + one.source());
        one.parameters().forEach(parameter -> System.out.println("  " + parameter));
        if (!one.target().isEmpty()) {
            System.out.println("  Cible\u00a0: " + one.target());
        }
        System.out.println("  Unité comptée\u00a0: " + one.unit()
                + (one.attribution().isEmpty() ? "" : "\u202f; attribution\u00a0: " + one.attribution()));
        System.out.println();
    }
}
