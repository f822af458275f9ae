package fr.vigie.demonstration;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Where the people of the demonstration live: Occitanie, its CPTS and its hospitals, from the reference files of {@code warehouse-schema}. */
final class Territoire {

    static final String REGION = "76";
    private static final String FOLDER = "reference/";

    /**
     * One commune.
     *
     * @param cpts the CPTS to which it belongs today; none in a white zone, several where they overlap
     */
    record Commune(String code, String departement, int population, List<String> cpts) {

        Commune {
            cpts = List.copyOf(cpts);
        }
    }

    /** A hospital, by its FINESS number. */
    record Hospital(String finess, String departement, String commune) {}

    /** Communes, drawn by their population. */
    static final class Population {

        private final List<Commune> communes;
        private final double[] cumulated;

        Population(List<Commune> communes) {
            this.communes = List.copyOf(communes);
            this.cumulated = new double[communes.size()];
            double total = 0;
            for (int index = 0; index < cumulated.length; index++) {
                total += communes.get(index).population();
                cumulated[index] = total;
            }
        }

        double total() {
            return cumulated[cumulated.length - 1];
        }

        Commune draw(Draws draws) {
            return communes.get(Weighted.position(cumulated, draws.unit() * total()));
        }
    }

    private final Population region;
    private final Population elsewhere;
    private final SortedMap<String, Population> departements = new TreeMap<>();
    private final Map<String, List<Hospital>> hospitals = new HashMap<>();

    private Territoire(List<Commune> communes, List<Commune> elsewhere, List<Hospital> hospitals) {
        this.region = new Population(communes);
        this.elsewhere = new Population(elsewhere);
        SortedMap<String, List<Commune>> byDepartement = new TreeMap<>();
        communes.forEach(commune -> byDepartement
                .computeIfAbsent(commune.departement(), key -> new ArrayList<>())
                .add(commune));
        byDepartement.forEach((code, list) -> departements.put(code, new Population(list)));
        hospitals.forEach(hospital -> this.hospitals
                .computeIfAbsent(hospital.departement(), key -> new ArrayList<>())
                .add(hospital));
    }

    static Territoire read() {
        Map<String, List<String>> cpts = new HashMap<>();
        each("demonstration/territoires_communes.csv.gz", row -> {
            if (row.getField("date_fin").isEmpty()) {
                cpts.computeIfAbsent(row.getField("code_insee"), key -> new ArrayList<>())
                        .add(row.getField("territoire_id"));
            }
        });
        List<Commune> region = new ArrayList<>();
        List<Commune> elsewhere = new ArrayList<>();
        each("communes.csv.gz", row -> {
            String code = row.getField("code_insee");
            Commune commune = new Commune(
                    code,
                    row.getField("departement"),
                    Integer.parseInt(row.getField("population")),
                    cpts.getOrDefault(code, List.of()));
            (REGION.equals(row.getField("region")) ? region : elsewhere).add(commune);
        });
        List<Hospital> hospitals = new ArrayList<>();
        each("demonstration/structures.csv", row -> {
            String commune = row.getField("commune_insee");
            hospitals.add(new Hospital(row.getField("finess_et"), commune.substring(0, 2), commune));
        });
        return new Territoire(region, elsewhere, hospitals);
    }

    Population region() {
        return region;
    }

    /** The communes of the other regions. */
    Population elsewhere() {
        return elsewhere;
    }

    /** The départements of the region, by code. */
    SortedMap<String, Population> departements() {
        return Collections.unmodifiableSortedMap(departements);
    }

    /** The hospital where somebody who lives there goes: of the same département, or any of the region for a visitor. */
    Hospital hospital(Commune residence, Draws draws) {
        List<Hospital> near = hospitals.get(residence.departement());
        return near == null ? hospital(region.draw(draws), draws) : draws.pick(near);
    }

    /** The DAC in charge of a commune; a visitor's is the one of the biggest département. */
    String dac(Commune residence) {
        return "DAC-" + (departements.containsKey(residence.departement()) ? residence.departement() : "31");
    }

    /** A CPTS of the commune, or of somewhere else in the département where there is none. */
    String cpts(Commune residence, Draws draws) {
        Commune commune = residence;
        while (commune.cpts().isEmpty()) {
            commune = departements.getOrDefault(commune.departement(), region).draw(draws);
        }
        return draws.pick(commune.cpts());
    }

    private static void each(String file, Consumer<NamedCsvRecord> use) {
        try (Reader reader = open(FOLDER + file);
                CsvReader<NamedCsvRecord> rows =
                        CsvReader.builder().fieldSeparator(';').ofNamedCsvRecord(reader)) {
            rows.forEach(use);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static Reader open(String path) throws IOException {
        InputStream stream = Territoire.class.getClassLoader().getResourceAsStream(path);
        if (stream == null) {
            throw new IllegalStateException("class path file missing: " + path);
        }
        return new InputStreamReader(
                path.endsWith(".gz") ? new GZIPInputStream(stream) : stream, StandardCharsets.UTF_8);
    }
}
