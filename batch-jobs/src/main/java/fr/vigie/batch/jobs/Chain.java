package fr.vigie.batch.jobs;

import static java.util.Objects.requireNonNull;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.instance.PseudonymKey;
import fr.vigie.batch.publication.PublicationReader;
import fr.vigie.batch.publication.Publisher;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.batch.registre.Entry;
import fr.vigie.batch.registre.Ledger;
import fr.vigie.batch.worker.WorkerLauncher;
import fr.vigie.indicators.Catalogue;
import fr.vigie.intake.Intake;
import fr.vigie.intake.IntakeRequest;
import fr.vigie.intake.IntakeResult;
import fr.vigie.intake.IntakeResult.Status;
import fr.vigie.intake.Loaded;
import fr.vigie.intake.Pseudonymiser;
import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.Resources;
import fr.vigie.schema.WorkerRequest;
import fr.vigie.schema.WorkerResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The steps of one run. Nothing is written to the ledger before the lake holds what it will say, and then all at once: a run killed anywhere
 * leaves the ledger as it was, and the same command does it again. What is taken back is marked first, because the lake is purged of what does
 * not count, by this run or the next one.
 */
final class Chain {

    private final InstanceHome home;
    private final Database database;
    private final JdbcClient reader;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final WorkerLauncher worker;
    private final Order order;
    private final RunListener listener;
    private final LakeMark mark;
    private final Path root;
    private final Path folder;
    private final Outcome outcome = new Outcome();

    private List<IntakeResult> received = List.of();
    private List<Delivery> deliveries = List.of();
    private @Nullable StopDates stops;
    private @Nullable Computation computation;
    private String definitions = "";
    private boolean isSaidAlready;
    private boolean stopsBeforeRefresh;
    private int stepsOfTheWorker;
    private boolean countedOnRefused;

    Chain(
            InstanceHome home,
            Database database,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            WorkerLauncher worker,
            Order order,
            RunListener listener,
            LakeMark mark,
            Path root,
            Path folder) {
        this.home = home;
        this.database = database;
        this.reader = jdbc;
        this.ledger = new Ledger(jdbc);
        this.transaction = transaction;
        this.worker = worker;
        this.order = order;
        this.listener = listener;
        this.mark = mark;
        this.root = root;
        this.folder = folder;
    }

    Outcome outcome() {
        return outcome;
    }

    /** Reads, checks and stages the files. */
    void receive() {
        if (order.loading().isEmpty()) {
            checkHome();
            return;
        }
        Order.Loading loading = order.loading().get();
        List<Object[]> identities = new ArrayList<>();
        if (!Files.exists(home.key()) && ledger.key().isPresent()) {
            throw Failure.of("La clé des pseudonymes de cette instance manque\u202f: remettez en place sa copie, "
                    + home.key() + ". Une autre clé compterait chaque personne deux fois.");
        }
        try {
            Pseudonymiser pseudonymiser =
                    new Pseudonymiser(PseudonymKey.readOrDraw(home.key()), (pseudonym, source, scelle) -> {
                        identities.add(new Object[] {pseudonym, source, scelle});
                        if (identities.size() >= 2_000) {
                            keep(identities);
                        }
                    });
            if (!ledger.goesWithKey(pseudonymiser.fingerprint())) {
                throw otherKey();
            }
            received = new Intake(FeedContract.all(), pseudonymiser, folder.resolve("staging"))
                    .take(
                            new IntakeRequest(
                                    loading.paths(),
                                    loading.feed(),
                                    loading.mapping(),
                                    loading.source(),
                                    loading.completeTo(),
                                    loading.empties(),
                                    LocalDate.now(StopDates.PARIS),
                                    this::known),
                            listener::reading);
            keep(identities);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        if (received.isEmpty()) {
            // A quiet day is no error, a mistyped folder would be a silent one.
            outcome.warn(List.of("Aucun fichier CSV dans "
                    + loading.paths().stream().map(Path::toString).collect(Collectors.joining(", "))
                    + "\u202f: rien n’est chargé. Vérifiez le chemin si vous en attendiez."));
        }
        stopsBeforeRefresh = isStrict() && received.stream().anyMatch(result -> result.status() == Status.REFUSE);
    }

    /** A home and the database of another would go together where no line is read; without its key a home may still compute. */
    private void checkHome() {
        if (!Files.exists(home.key()) || ledger.key().isEmpty()) {
            return;
        }
        try {
            Pseudonymiser pseudonymiser =
                    new Pseudonymiser(PseudonymKey.readOrDraw(home.key()), (pseudonym, source, scelle) -> {});
            if (!ledger.key().get().equals(pseudonymiser.fingerprint())) {
                throw otherKey();
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Failure otherKey() {
        return Failure.of(
                "La clé des pseudonymes n’est pas celle avec laquelle cette instance a été chargée\u202f: chaque personne"
                        + " compterait deux fois. Vérifiez --home et --database, remettez en place la copie de "
                        + home.key() + ", ou commencez une nouvelle instance (--home).");
    }

    private boolean isStrict() {
        return order.loading().map(Order.Loading::isStrict).orElse(false);
    }

    private Optional<Loaded> known(String id) {
        return Optional.ofNullable(ledger.entries(List.of(id)).get(id))
                .map(entry -> new Loaded(
                        entry.source(),
                        entry.replaced(),
                        entry.read(),
                        entry.status().equals("CHARGE"),
                        entry.rejectedAtTheDoor() > 0 && ledger.hasFactsAhead(id)
                                ? entry.completeUntil()
                                : Optional.empty()));
    }

    /** Ids sealed at the door; the vault may know one already. */
    private void keep(List<Object[]> identities) {
        if (identities.isEmpty()) {
            return;
        }
        try (var connection = database.connect();
                var insert = connection.prepareStatement(Resources.text("sql/registre/identite.sql"))) {
            connection.setAutoCommit(false);
            for (Object[] identity : identities) {
                insert.setString(1, (String) identity[0]);
                insert.setString(2, (String) identity[1]);
                insert.setString(3, (String) identity[2]);
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } catch (java.sql.SQLException problem) {
            throw new IllegalStateException("the vault could not be written", problem);
        }
        identities.clear();
    }

    /** Brings the lake to what counts, and computes. */
    void compute() {
        List<Delivery> wanted = new ArrayList<>();
        List<Entry> counting = new ArrayList<>();
        Map<String, LocalDate> advanced = new HashMap<>();
        received.stream()
                .filter(result -> result.status() == Status.DEJA_CHARGE)
                .forEach(result -> result.completeUntil()
                        .ifPresent(day -> advanced.merge(
                                result.deliveryId(), day, (one, other) -> one.isAfter(other) ? one : other)));
        List<IntakeResult> arriving = received.stream()
                .filter(result -> result.status() == Status.CHARGE)
                .toList();
        Set<String> arrivingIds =
                arriving.stream().map(IntakeResult::deliveryId).collect(Collectors.toSet());
        Map<String, Long> places = new HashMap<>();
        boolean advances = false;
        for (Entry entry : ledger.counting()) {
            if (arrivingIds.contains(entry.id())) {
                // Read again: its lines stand in the place of those that it had, among the loads too.
                places.put(entry.id(), entry.rank());
            } else if (!order.withdrawn().contains(entry.id())) {
                Entry known = advance(entry, advanced.get(entry.id()));
                advances |= !known.equals(entry);
                counting.add(known);
                wanted.add(known.delivery(Optional.empty()));
            }
        }
        if (!arriving.isEmpty()) {
            long rank = ledger.nextRank();
            for (IntakeResult result : arriving) {
                long place = places.getOrDefault(result.deliveryId(), rank);
                // The same content twice in one command may be complete until a later day the second time.
                Entry entry = advance(entry(result, place, "CHARGE"), advanced.get(result.deliveryId()));
                counting.add(entry);
                wanted.add(entry.delivery(result.staged().map(Path::toString)));
            }
        }
        deliveries = List.copyOf(wanted);
        Optional<WorkerRequest.Refresh> refresh = Optional.empty();
        if (order.refreshing().isPresent() && !stopsBeforeRefresh) {
            Order.Refreshing asked = order.refreshing().get();
            Catalogue catalogue = Catalogue.read(asked.definitions());
            StopDates dates = stops(catalogue, asked, counting);
            stops = dates;
            definitions = catalogue.text();
            computation = new Computation(root, asked, counting, catalogue, dates);
            refresh = Optional.of(new WorkerRequest.Refresh(
                    asked.asOf().plusSeconds(60),
                    asked.depthMonths(),
                    asked.isFull(),
                    isStrict(),
                    asked.definitions().map(path -> path.toAbsolutePath().toString()),
                    dates.limits()));
        }
        boolean changesTheLake = !arriving.isEmpty() || !order.withdrawn().isEmpty() || advances;
        isSaidAlready = !changesTheLake
                && order.refreshing().filter(asked -> !asked.isFull()).isPresent()
                && isSaid();
        if (isSaidAlready || refresh.isEmpty() && !changesTheLake) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            order.withdrawn().forEach(ledger::withdraw);
            Computation.forget(reader);
        });
        int stepsAfter = refresh.isPresent() ? 1 : 0;
        worker.run(
                new WorkerRequest(home.lake().toString(), folder.toString(), deliveries, refresh),
                folder,
                (done, total, label) -> {
                    stepsOfTheWorker = total;
                    listener.computing(done, total + stepsAfter, label);
                });
    }

    private StopDates stops(Catalogue catalogue, Order.Refreshing asked, List<Entry> counting) {
        return StopDates.of(catalogue, counting, ledger.closings(), asked.asOf());
    }

    private static Entry advance(Entry entry, @Nullable LocalDate day) {
        if (day == null
                || entry.completeUntil().isEmpty()
                || !day.isAfter(entry.completeUntil().get())) {
            return entry;
        }
        return new Entry(
                entry.id(),
                entry.file(),
                entry.feed(),
                entry.source(),
                entry.sha256(),
                entry.rank(),
                Optional.of(day),
                entry.replaced(),
                entry.read(),
                entry.rejectedAtTheDoor(),
                entry.rejected(),
                entry.warningsAtTheDoor(),
                entry.warnings(),
                entry.status(),
                entry.reason());
    }

    private static Entry entry(IntakeResult result, long rank, String status) {
        return new Entry(
                result.deliveryId(),
                result.displayName(),
                result.feed(),
                result.source(),
                result.sha256(),
                rank,
                result.completeUntil(),
                result.replaced(),
                result.linesRead(),
                result.linesRejected(),
                result.linesRejected(),
                result.warnings(),
                result.warnings(),
                status,
                result.refusal());
    }

    /** Writes the ledger, in one transaction. */
    void register() {
        Set<String> refusedByWorker = refusedByWorker();
        stopsBeforeRefresh |= isStrict() && !refusedByWorker.isEmpty();
        Map<String, Long> places = deliveries.stream()
                .filter(delivery -> delivery.staged().isPresent())
                .collect(Collectors.toMap(Delivery::id, Delivery::rank));
        long next = received.isEmpty() ? 0 : ledger.nextRank();
        transaction.executeWithoutResult(status -> {
            List<Ledger.Received> written = new ArrayList<>();
            for (IntakeResult result : received) {
                long rank = places.getOrDefault(result.deliveryId(), next);
                switch (result.status()) {
                    case CHARGE -> {
                        boolean isRefused = refusedByWorker.contains(result.deliveryId());
                        Entry entry = isRefused ? refusedByCycles(result, rank) : entry(result, rank, "CHARGE");
                        written.add(new Ledger.Received(entry, result.rejects()));
                    }
                    case REFUSE -> written.add(new Ledger.Received(entry(result, rank, "REFUSE"), result.rejects()));
                    case DEJA_CHARGE -> {
                        // What it tells is added below to what the ledger then holds.
                    }
                }
            }
            ledger.write(written);
            received.stream()
                    .filter(result -> result.status() == Status.DEJA_CHARGE)
                    .forEach(result ->
                            result.completeUntil().ifPresent(day -> ledger.advance(result.deliveryId(), day)));
            if (Files.exists(folder.resolve(WorkerResult.REJECTS))) {
                ledger.writeCrossLineProblems(
                        received.stream()
                                .filter(result -> result.status() == Status.CHARGE)
                                .map(IntakeResult::deliveryId)
                                .toList(),
                        folder.resolve(WorkerResult.REJECTS));
            }
        });
        if (stops != null && !stopsBeforeRefresh && !refusedByWorker.isEmpty()) {
            Order.Refreshing asked = order.refreshing().orElseThrow();
            StopDates without = stops(Catalogue.read(asked.definitions()), asked, ledger.counting());
            countedOnRefused = !without.limits().equals(stops.limits())
                    || !without.computability().equals(stops.computability());
        }
        Map<String, Entry> known =
                ledger.entries(received.stream().map(IntakeResult::deliveryId).toList());
        for (IntakeResult result : received) {
            Entry entry = requireNonNull(known.get(result.deliveryId()), "a file that was received has no entry");
            // The twin of a file of this command that cycles made refused is refused with it.
            boolean isKnown =
                    result.status() == Status.DEJA_CHARGE && entry.status().equals("CHARGE");
            outcome.addFile(new Outcome.FileLine(
                    result.displayName(),
                    result.feed(),
                    entry.read(),
                    entry.kept(),
                    entry.rejected(),
                    entry.warnings(),
                    isKnown ? "DEJA_CHARGE" : entry.status(),
                    (isKnown ? result.refusal() : entry.reason()).orElse("")));
            if (isKnown) {
                result.refusal().ifPresent(told -> outcome.warn(List.of(result.displayName() + "\u202f: " + told)));
            }
        }
    }

    private Set<String> refusedByWorker() {
        Path file = folder.resolve(WorkerResult.REFUSED);
        try {
            return Files.exists(file) ? Set.copyOf(Files.readAllLines(file)) : Set.of();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static Entry refusedByCycles(IntakeResult result, long rank) {
        Entry entry = entry(result, rank, "REFUSE");
        return new Entry(
                entry.id(),
                entry.file(),
                entry.feed(),
                entry.source(),
                entry.sha256(),
                rank,
                entry.completeUntil(),
                entry.replaced(),
                entry.read(),
                entry.rejectedAtTheDoor(),
                entry.read(),
                entry.warningsAtTheDoor(),
                entry.warnings(),
                "REFUSE",
                Optional.of(
                        "Plus de 10\u00a0% des lignes sont rejetées, cycles compris\u202f: corrigez le fichier et rechargez-le."));
    }

    /** Whether what was computed counted on a file that cycles then refused, for its date d'arrêt or to be computable: it is to be computed again. */
    boolean hasCountedOnRefused() {
        return countedOnRefused;
    }

    /** Makes the staged values the current publication. */
    void publish() {
        if (stops == null || order.refreshing().isEmpty() || stopsBeforeRefresh || countedOnRefused) {
            return;
        }
        outcome.warn(stops.warnings());
        if (isSaidAlready) {
            outcome.keep(current().orElseThrow());
            return;
        }
        Order.Refreshing asked = order.refreshing().get();
        listener.computing(stepsOfTheWorker, stepsOfTheWorker + 1, "publication");
        Catalogue catalogue = Catalogue.read(asked.definitions());
        PublicationReader values = new PublicationReader(reader);
        List<String> left = current().map(PublicationReader.Publication::number).stream()
                .flatMap(number -> values.indicators(number).keySet().stream())
                .filter(code -> catalogue.definition(code).isEmpty())
                .sorted()
                .toList();
        if (!left.isEmpty()) {
            outcome.warn(List.of("Ne sont plus comptés, faute de leur définition\u202f: " + String.join(", ", left)
                    + ". Pour les compter, donnez --definitions et leur dossier, comme à la publication précédente."));
        }
        Publisher.Published published = new Publisher(database).publish(folder, asked.asOf(), catalogue, stops);
        // A definition that somebody saved meanwhile may have been read by the worker or not.
        if (refusedByWorker().isEmpty() && catalogue.text().equals(definitions)) {
            requireNonNull(computation).isSaidBy(reader, published.number());
        }
        outcome.publish(published);
    }

    /** Whether the publication in place was made from this, and nothing has been done to the lake since. */
    private boolean isSaid() {
        if (!mark.isOfLastRun(reader)) {
            return false;
        }
        Optional<Integer> says = computation == null ? Optional.empty() : computation.publication(reader);
        return says.isPresent() && says.equals(current().map(PublicationReader.Publication::number));
    }

    private Optional<PublicationReader.Publication> current() {
        return new PublicationReader(reader).current();
    }
}
