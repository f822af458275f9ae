package fr.vigie.verification.deliveries;

import static java.util.Objects.requireNonNull;

import fr.vigie.intake.EmptyWords;
import fr.vigie.intake.Intake;
import fr.vigie.intake.IntakeRequest;
import fr.vigie.intake.IntakeResult;
import fr.vigie.intake.Loaded;
import fr.vigie.intake.ProgressListener;
import fr.vigie.intake.Pseudonymiser;
import fr.vigie.pipelines.WorkerInProcess;
import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.WorkerRequest;
import fr.vigie.schema.WorkerResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The real door and the real worker in one process, with a register in memory in the place of the ledger: cheap, so that worlds can be many. */
final class MemoryStore implements Store {

    /** What is known of a file. */
    private static final class Known {
        private final IntakeResult result;
        private final long rank;
        private Optional<LocalDate> completeUntil;
        private String status;
        private Set<Long> inCycles = new TreeSet<>();

        private Known(IntakeResult result, long rank) {
            this.result = result;
            this.rank = rank;
            this.completeUntil = result.completeUntil();
            this.status = result.status().name();
        }

        private String row() {
            long rejected = status.equals("REFUSE") ? result.linesRead() : result.linesRejected() + inCycles.size();
            return String.join(
                    ";",
                    result.displayName(),
                    String.valueOf(result.linesRead()),
                    String.valueOf(result.linesRead() - rejected),
                    String.valueOf(rejected),
                    status);
        }

        private Delivery delivery(boolean arrives) {
            return new Delivery(
                    result.deliveryId(),
                    result.feed(),
                    result.source(),
                    rank,
                    completeUntil,
                    result.replaced(),
                    arrives ? result.staged().map(Path::toString) : Optional.empty(),
                    result.linesRead(),
                    result.linesRejected());
        }
    }

    private final Path folder;
    private final WorkerInProcess worker;
    private final Pseudonymiser pseudonymiser;
    private final Map<String, Known> register = new TreeMap<>();
    private long runs;

    MemoryStore(Path folder, WorkerInProcess worker) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.worker = worker;
        this.pseudonymiser = new Pseudonymiser(new byte[32], (pseudonym, source, scelle) -> {});
    }

    @Override
    public Set<String> load(Path sent) throws IOException {
        List<IntakeResult> results = new Intake(FeedContract.all(), pseudonymiser, folder.resolve("recu-" + runs))
                .take(
                        new IntakeRequest(
                                List.of(sent),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                EmptyWords.NONE,
                                LocalDate.of(2026, 11, 1),
                                this::known),
                        ProgressListener.SILENT);
        Set<String> arriving = new TreeSet<>();
        for (IntakeResult result : results) {
            if (result.status() == IntakeResult.Status.DEJA_CHARGE) {
                Known known = requireNonNull(register.get(result.deliveryId()));
                known.completeUntil = known.completeUntil.map(
                        day -> day.isBefore(result.completeUntil().orElse(day))
                                ? result.completeUntil().orElse(day)
                                : day);
            } else {
                register.put(result.deliveryId(), new Known(result, runs));
                if (result.status() == IntakeResult.Status.CHARGE) {
                    arriving.add(result.deliveryId());
                }
            }
        }
        run(arriving);
        Set<String> rows = new TreeSet<>();
        for (IntakeResult result : results) {
            Known known = requireNonNull(register.get(result.deliveryId()));
            boolean isKnown = result.status() == IntakeResult.Status.DEJA_CHARGE && known.status.equals("CHARGE");
            String row = known.row().replaceFirst("^[^;]*", result.displayName().replace("$", "\\$"));
            rows.add(isKnown ? row.replaceFirst("[A-Z]+$", "DEJA_CHARGE") : row);
        }
        return rows;
    }

    private Optional<Loaded> known(String id) {
        return Optional.ofNullable(register.get(id))
                .map(known -> new Loaded(
                        known.result.source(),
                        known.result.replaced(),
                        known.result.linesRead(),
                        known.status.equals("CHARGE"),
                        Optional.empty()));
    }

    @Override
    public void withdraw(String archive) throws IOException {
        register.values().stream()
                .filter(known -> known.status.equals("CHARGE"))
                .filter(known -> known.result.displayName().startsWith(archive + "!/"))
                .forEach(known -> known.status = "RETIRE");
        run(Set.of());
    }

    private void run(Set<String> arriving) throws IOException {
        Path exchange = Files.createDirectories(folder.resolve("echange-" + runs++));
        List<Delivery> counting = new ArrayList<>();
        register.forEach((id, known) -> {
            if (known.status.equals("CHARGE")) {
                counting.add(known.delivery(arriving.contains(id)));
            }
        });
        worker.run(new WorkerRequest(lake().toString(), exchange.toString(), counting, Optional.empty()));
        register.values().stream()
                .filter(known -> known.status.equals("CHARGE"))
                .forEach(known -> known.inCycles = new TreeSet<>());
        for (String line : Files.readAllLines(exchange.resolve(WorkerResult.REJECTS))) {
            String[] cells = line.split(";");
            if (cells[3].equals("E")) {
                requireNonNull(register.get(cells[0])).inCycles.add(Long.valueOf(cells[1]));
            }
        }
        Files.readAllLines(exchange.resolve(WorkerResult.REFUSED))
                .forEach(id -> requireNonNull(register.get(id)).status = "REFUSE");
    }

    /** The ledger is not there to be changed. */
    @Override
    public void refresh() {}

    @Override
    public Path lake() {
        return folder.resolve("lake");
    }

    @Override
    public Set<String> ledger() {
        Set<String> rows = new TreeSet<>();
        register.values()
                .forEach(known -> rows.add(known.row() + ";"
                        + known.completeUntil.map(LocalDate::toString).orElse("")));
        return rows;
    }

    @Override
    public Set<String> rejected() throws IOException {
        Set<String> rejected = new TreeSet<>();
        for (Known known : register.values()) {
            String name = known.result.displayName() + ";";
            known.inCycles.forEach(line -> rejected.add(name + line));
            for (String line : Files.readAllLines(known.result.rejects().orElseThrow())) {
                String[] cells = line.split(";");
                if (cells[2].equals("E")) {
                    rejected.add(name + cells[0]);
                }
            }
        }
        return rejected;
    }

    @Override
    public void close() {}
}
