package fr.vigie.pipelines;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Computability;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.RuptureRule;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.WorkerRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Silver → gold → cells → values, once per date d'arrêt: indicators whose feeds are complete until the same day share one pass. */
final class Refresh {

    /** Facts and cells live as long as the run; earlier versions left them in the lake. */
    private static final List<String> FORMER_LAYERS = List.of("gold", "cells");

    private final SparkSession spark;
    private final Lake lake;
    private final Map<String, FeedContract> contracts;
    private final Progress progress;
    private final WorkerRequest.Refresh asked;
    private final List<RuptureRule> rules;
    private final Map<Instant, List<VersionedVariant>> byLimit = new TreeMap<>(Comparator.reverseOrder());

    /** @param received feeds of which something was ever received */
    Refresh(
            SparkSession spark,
            Lake lake,
            Map<String, FeedContract> contracts,
            Progress progress,
            WorkerRequest.Refresh asked,
            Set<String> received) {
        this.spark = spark;
        this.lake = lake;
        this.contracts = contracts;
        this.progress = progress;
        this.asked = asked;
        Catalogue catalogue = Catalogue.read(asked.definitions().map(Path::of));
        // A rule that lacks a feed would find everyone: nobody sent the answers that it waits for.
        rules = Computability.computable(catalogue.ruptures(), received);
        for (Definition definition : catalogue.definitions()) {
            Instant limit = asked.limits().get(definition.code());
            if (limit != null) {
                List<VersionedVariant> counted = byLimit.computeIfAbsent(limit, none -> new ArrayList<>());
                for (Definition version : catalogue.versions(definition.code())) {
                    version.variants().forEach(variant -> counted.add(new VersionedVariant(version, variant)));
                }
            }
        }
    }

    int steps() {
        // Persons and places before the facts, cells and values after them.
        return byLimit.values().stream()
                .mapToInt(variants -> 1 + Gold.madeFor(facts(variants), rules).size() + 2)
                .sum();
    }

    private static Set<String> facts(List<VersionedVariant> variants) {
        return variants.stream()
                .map(variant -> variant.measure().selection().fact())
                .collect(Collectors.toSet());
    }

    void compute(String exchange) {
        FORMER_LAYERS.forEach(lake::drop);
        Values values = new Values(spark, exchange);
        byLimit.forEach((limit, variants) -> {
            Gold gold = new Gold(spark, lake, contracts, progress, limit, rules);
            gold.build(asked.depthMonths(), facts(variants));
            Periods periods = new Periods(gold.horizon(), values.periods());
            periods.view(spark);
            progress.step("cellules");
            new Cells(spark, variants, gold.horizon()).build();
            progress.step("agrégation par territoire et période");
            values.stage(variants, periods);
        });
        values.nameCodes();
    }
}
