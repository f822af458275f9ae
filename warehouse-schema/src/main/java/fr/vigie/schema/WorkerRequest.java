package fr.vigie.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * What the control asks of the worker, as one YAML file and the list of deliveries beside it: bring the lake to these deliveries, then, if
 * asked, compute and stage the values.
 *
 * @param lake root of the Delta tables, any Hadoop path
 * @param exchange folder where the worker leaves what the control takes back ({@link WorkerResult})
 * @param deliveries every delivery that counts, in any order: what is in bronze and not here (withdrawn, refused, never finished) is
 *     purged
 * @param refresh what to compute; absent for a load
 */
public record WorkerRequest(String lake, String exchange, List<Delivery> deliveries, Optional<Refresh> refresh) {

    /** Beside the request, one line each ({@link DeliveryFile}): an instance that has lived for years has a hundred thousand. */
    public static final String DELIVERIES = "livraisons.csv";

    /**
     * What to compute.
     *
     * @param asOf the date d'arrêt asked for, exclusive end: the start of the minute after it
     * @param depthMonths months before the date d'arrêt in which a published period may begin
     * @param isFull make silver again from bronze, whatever it was made from
     * @param isStrict compute nothing when cycles make an arriving delivery refused
     * @param definitions a folder of definitions to add to the product's own
     * @param limits per indicator code, its own date d'arrêt (exclusive end); a code that is absent is not computed (a feed is missing)
     */
    public record Refresh(
            Instant asOf,
            int depthMonths,
            boolean isFull,
            boolean isStrict,
            Optional<String> definitions,
            Map<String, Instant> limits) {}

    public WorkerRequest {
        deliveries = List.copyOf(deliveries);
    }

    /**
     * Whether a run on these lines is too short to pay for what makes a long one fast: on two cores, from gold on, the 174 000 lines of the
     * demonstration took 245 s without the optimising compiler and 153 s with it, while a small run is all planning and compiling.
     */
    public boolean hasFewLines() {
        return Delivery.haveFewLines(deliveries);
    }

    public void write(Path file) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("lake", lake);
        map.put("exchange", exchange);
        map.put("deliveries", DELIVERIES);
        DeliveryFile.write(file.resolveSibling(DELIVERIES), deliveries);
        refresh.ifPresent(asked -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("as_of", asked.asOf().toString());
            one.put("depth_months", asked.depthMonths());
            one.put("full", asked.isFull());
            one.put("strict", asked.isStrict());
            asked.definitions().ifPresent(folder -> one.put("definitions", folder));
            Map<String, Object> limits = new TreeMap<>();
            asked.limits().forEach((code, limit) -> limits.put(code, limit.toString()));
            one.put("limits", limits);
            map.put("refresh", one);
        });
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        Files.writeString(file, new Yaml(options).dump(map));
    }

    public static WorkerRequest read(Path file) throws IOException {
        YamlNode.Problems problems = new YamlNode.Problems();
        YamlNode node = YamlNode.read(file.getFileName().toString(), Files.readString(file), problems);
        List<Delivery> deliveries =
                DeliveryFile.read(file.resolveSibling(node.at("deliveries").text()));
        @Nullable Refresh refresh = null;
        YamlNode asked = node.at("refresh");
        if (asked.isPresent()) {
            Map<String, Instant> limits = new TreeMap<>();
            asked.at("limits").entries().forEach((code, limit) -> limits.put(code, Instant.parse(limit.text())));
            refresh = new Refresh(
                    Instant.parse(asked.at("as_of").text()),
                    (int) asked.at("depth_months").whole(),
                    asked.at("full").flag(false),
                    asked.at("strict").flag(false),
                    asked.at("definitions").optionalText(),
                    limits);
        }
        WorkerRequest request = new WorkerRequest(
                node.at("lake").text(), node.at("exchange").text(), deliveries, Optional.ofNullable(refresh));
        if (!problems.isEmpty()) {
            throw new IOException(String.join("\n", problems.sentences()));
        }
        return request;
    }
}
