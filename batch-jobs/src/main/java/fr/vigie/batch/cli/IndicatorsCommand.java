package fr.vigie.batch.cli;

import fr.vigie.batch.cli.Output.Format;
import fr.vigie.batch.publication.PublicationReader;
import fr.vigie.batch.publication.PublicationReader.Computable;
import fr.vigie.batch.registre.Entry;
import fr.vigie.batch.registre.Ledger;
import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Computability;
import fr.vigie.indicators.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie indicators}: the catalogue, and what is computable here. */
@Command(name = "indicators", description = "le catalogue des indicateurs, et ce qui est calculable ici")
final class IndicatorsCommand implements Callable<Integer> {

    @Option(names = "--format", paramLabel = "table|csv|json", description = "présentation")
    private @Nullable Format format;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        Set<String> loaded = common.hasDatabase()
                ? new Ledger(common.openToRead().reader())
                        .counting().stream().map(Entry::feed).collect(Collectors.toSet())
                : Set.of();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Catalogue catalogue = Catalogue.read(Optional.empty());
        for (Definition definition : catalogue.definitions()) {
            Computability here = catalogue.computability(definition, loaded);
            List<@Nullable Object> row = new ArrayList<>();
            row.add(definition.code());
            row.add((long) definition.version());
            row.add(definition.label());
            row.add(definition.variants().stream()
                    .map(one -> one.name())
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.joining("|")));
            row.add(definition.official().target().map(target -> target.text()).orElse(""));
            row.add(String.join("|", new TreeSet<>(definition.feeds())));
            row.add(here.isComputable() ? "O" : "N");
            row.add(String.join("|", new TreeSet<>(here.missing())));
            row.add(String.join("|", new TreeSet<>(here.unobservedRisks())));
            row.add(String.join("|", new TreeSet<>(here.leftOut())));
            rows.add(row);
        }
        if (common.hasDatabase()) {
            PublicationReader values = new PublicationReader(common.openToRead().snapshot());
            values.current().stream()
                    .flatMap(publication -> values.indicators(publication.number()).values().stream())
                    .filter(one -> catalogue.definition(one.code()).isEmpty())
                    .forEach(one -> rows.add(ofAFolder(one)));
        }
        Output.print(
                new Output.Rows(
                        List.of(
                                "code",
                                "version",
                                "libelle",
                                "variantes",
                                "cible",
                                "flux",
                                "calculable",
                                "flux_manquants",
                                "risques_non_observes",
                                "regles_non_calculees"),
                        rows),
                CommonOptions.format(format),
                System.out);
        return 0;
    }

    /** A definition of a folder of one's own, as the current publication knows it. */
    private static List<@Nullable Object> ofAFolder(Computable one) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(one.code());
        row.add((long) one.version());
        row.add(one.label());
        row.add(String.join("|", one.variants()));
        row.add(one.target());
        row.add(String.join("|", one.feeds()));
        row.add(one.missingFeeds().isEmpty() ? "O" : "N");
        row.add(String.join("|", one.missingFeeds()));
        row.add(String.join("|", one.unobservedRisks()));
        row.add(String.join("|", one.leftOut()));
        return row;
    }
}
