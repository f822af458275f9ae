package fr.vigie.batch.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import fr.vigie.batch.cli.Output.Format;
import fr.vigie.batch.instance.EmbeddedPostgres;
import fr.vigie.batch.publication.PublicationReader;
import fr.vigie.batch.publication.PublicationReader.Publication;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.batch.registre.Entry;
import fr.vigie.batch.registre.Ledger;
import fr.vigie.batch.superset.SupersetServer;
import fr.vigie.dashboards.FrenchFormat;
import fr.vigie.schema.Resources;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie status}: the ledger, the runs, the publications, what is running. */
@Command(name = "status", description = "fichiers reçus, exécutions, publications, ce qui tourne")
final class StatusCommand implements Callable<Integer> {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

    private static final int SHOWN = 100;

    @Option(names = "--format", paramLabel = "table|csv|json", description = "présentation")
    private @Nullable Format format;

    @Mixin
    private CommonOptions common = new CommonOptions();

    private record Execution(
            long number,
            String command,
            Instant start,
            @Nullable Instant end,
            @Nullable String result) {}

    private record Service(String name, String state, String where) {}

    @Override
    public Integer call() throws IOException {
        Optional<Publication> current = Optional.empty();
        List<Entry> entries = List.of();
        List<Execution> executions = List.of();
        if (common.hasDatabase()) {
            JdbcClient jdbc = common.openToRead().reader();
            current = new PublicationReader(jdbc).current();
            entries = new Ledger(jdbc).entries();
            executions = executions(jdbc);
        }
        List<Service> services = new ArrayList<>();
        if (common.databaseUrl().isEmpty()) {
            boolean runs = new EmbeddedPostgres(common.home()).isRunning();
            services.add(new Service(
                    "postgresql",
                    runs ? "EN_MARCHE" : "ARRETE",
                    common.home().postgres().toString()));
        }
        SupersetServer superset = new SupersetServer(common.home());
        if (superset.isInstalled()) {
            services.add(new Service(
                    "superset",
                    superset.isRunning() ? "EN_MARCHE" : "ARRETE",
                    superset.address()
                            .map(Object::toString)
                            .orElse(superset.folder().toString())));
        }
        Format chosen = CommonOptions.format(format);
        if (chosen == Format.json) {
            json(current, entries, executions, services);
        } else {
            text(current, entries, executions, services, chosen);
        }
        return 0;
    }

    private static List<Execution> executions(JdbcClient jdbc) {
        return jdbc.sql(Resources.text("sql/consultation/executions.sql"))
                .query((row, index) -> new Execution(
                        row.getLong(1),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getTimestamp(4) == null ? null : row.getTimestamp(4).toInstant(),
                        row.getString(5)))
                .list();
    }

    private static void json(
            Optional<Publication> current, List<Entry> entries, List<Execution> executions, List<Service> services)
            throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(System.out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeFieldName("publication");
            if (current.isPresent()) {
                json.writeStartObject();
                json.writeNumberField("numero", current.get().number());
                json.writeStringField("date_arret", paris(current.get().asOf()));
                json.writeStringField("empreinte", current.get().print());
                json.writeStringField("publiee_le", paris(current.get().publishedAt()));
                json.writeEndObject();
            } else {
                json.writeNull();
            }
            json.writeArrayFieldStart("fichiers");
            for (Entry entry : entries) {
                json.writeStartObject();
                json.writeStringField("fichier", entry.file());
                json.writeStringField("flux", entry.feed());
                json.writeNumberField("lues", entry.read());
                json.writeNumberField("gardees", entry.kept());
                json.writeNumberField("rejetees", entry.rejected());
                json.writeNumberField("avertissements", entry.warnings());
                json.writeStringField("statut", entry.status());
                json.writeStringField("source", entry.source());
                json.writeFieldName("complet_jusqu_au");
                Output.value(json, entry.completeUntil().map(Object::toString).orElse(null));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("executions");
            for (Execution execution : executions) {
                json.writeStartObject();
                json.writeNumberField("numero", execution.number());
                json.writeStringField("commande", execution.command());
                json.writeStringField("debut", paris(execution.start()));
                json.writeFieldName("fin");
                Output.value(json, execution.end() == null ? null : paris(execution.end()));
                json.writeFieldName("resultat");
                Output.value(json, execution.result());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("services");
            for (Service service : services) {
                json.writeStartObject();
                json.writeStringField("service", service.name());
                json.writeStringField("etat", service.state());
                json.writeStringField("ou", service.where());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        System.out.println();
    }

    private static void text(
            Optional<Publication> current,
            List<Entry> entries,
            List<Execution> executions,
            List<Service> services,
            Format format) {
        if (format == Format.table) {
            System.out.println(current.map(one ->
                            "Publication " + one.number() + ", date d’arrêt " + paris(one.asOf()) + ", " + one.lines()
                                    + " valeurs, empreinte " + one.print().substring(0, 12))
                    .orElse("Aucune publication pour l’instant."));
            executions.stream()
                    .limit(5)
                    .forEach(one -> System.out.println(
                            "Exécution " + one.number() + "\u202f: " + one.command() + " — " + paris(one.start())
                                    + " — " + (one.result() == null ? "en cours ou interrompue" : one.result())));
            services.forEach(
                    one -> System.out.println(one.name() + "\u202f: " + one.state() + " (" + one.where() + ")"));
            System.out.println();
        }
        // On a screen the last to come; whoever wants years of them asks for a file.
        int earlier = format == Format.table ? Math.max(0, entries.size() - SHOWN) : 0;
        if (earlier > 0) {
            System.out.println("Les " + SHOWN + " derniers fichiers, et " + FrenchFormat.integer(earlier)
                    + " plus anciens\u202f: --format csv les donne tous.");
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Entry entry : entries.subList(earlier, entries.size())) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(entry.file());
            row.add(entry.feed());
            row.add(entry.read());
            row.add(entry.kept());
            row.add(entry.rejected());
            row.add(entry.warnings());
            row.add(entry.status());
            row.add(entry.source());
            row.add(entry.completeUntil().map(Object::toString).orElse(""));
            rows.add(row);
        }
        Output.print(
                new Output.Rows(
                        List.of(
                                "fichier",
                                "flux",
                                "lues",
                                "gardees",
                                "rejetees",
                                "avertissements",
                                "statut",
                                "source",
                                "complet_jusqu_au"),
                        rows),
                format,
                System.out);
    }

    private static String paris(Instant instant) {
        return MINUTE.format(instant.atZone(StopDates.PARIS));
    }
}
