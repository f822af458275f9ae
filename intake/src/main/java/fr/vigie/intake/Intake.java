package fr.vigie.intake;

import fr.vigie.intake.IntakeResult.Status;
import fr.vigie.schema.Delivery.Replacement;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.SourceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The door of the warehouse: turns files into checked, pseudonymised, canonical text, or says why not (contrat.md 2, domaine 3.4).
 *
 * <p>A wrong file is a result, never an exception; an exception means that this machine failed (disk, rights).
 */
public final class Intake {

    /** First digits of a delivery's number, as a person types them. */
    private static final int SHOWN = 12;

    private final Map<String, FeedContract> contracts;
    private final Pseudonymiser pseudonymiser;
    private final Path folder;
    private final Limits limits;

    /** @param stagingFolder where the staged and reject files are written, by delivery; whoever asked owns them afterwards */
    public Intake(Map<String, FeedContract> contracts, Pseudonymiser pseudonymiser, Path stagingFolder) {
        this(contracts, pseudonymiser, stagingFolder, Limits.DEFAULT);
    }

    Intake(Map<String, FeedContract> contracts, Pseudonymiser pseudonymiser, Path stagingFolder, Limits limits) {
        this.contracts = Map.copyOf(contracts);
        this.pseudonymiser = pseudonymiser;
        this.folder = stagingFolder;
        this.limits = limits;
    }

    /** Takes every file, in the order of the paths, then of the names; one result per file and feed. */
    public List<IntakeResult> take(IntakeRequest request, ProgressListener progress) {
        try {
            Files.createDirectories(folder);
            return new Taking(request, progress).run();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Where a file is looked for by a manifest: names are the same whatever their case. */
    private static String place(InputFile file) {
        return place(file.folder(), file.simpleName());
    }

    private static String place(String folder, String name) {
        return folder + "\n" + name.toLowerCase(Locale.ROOT);
    }

    /** Refuses what holds no rows. */
    static void checkText(Survey survey) throws Refusal {
        Optional<String> remedy = survey.kind().remedy();
        if (remedy.isPresent()) {
            throw new Refusal("PAS_DU_TEXTE", remedy.get());
        }
        if (survey.kind() == FileKind.TEXT && survey.notTextLine() > 0) {
            throw new Refusal(
                    "PAS_DU_TEXTE",
                    "Le fichier n’est pas du texte\u00a0: octet de commande à la ligne " + survey.notTextLine()
                            + "\u202f; exportez-le en CSV UTF-8.",
                    survey.notTextLine());
        }
    }

    private final class Taking {
        private final IntakeRequest request;
        private final ProgressListener progress;
        private final String mappingContent;
        private final Map<String, Loaded> taken = new HashMap<>();
        private final List<IntakeResult> results = new ArrayList<>();

        Taking(IntakeRequest request, ProgressListener progress) {
            this.request = request;
            this.progress = progress;
            this.mappingContent = request.mapping().map(Mapping::content).orElse("")
                    + request.empties().key();
        }

        List<IntakeResult> run() throws IOException {
            Inbox inbox = Inbox.of(request.paths(), limits, this::isNamed);
            Manifests manifests = new Manifests(inbox.manifests());
            for (InputFile file : inbox.files()) {
                takeFile(file, manifests);
            }
            Set<String> places = inbox.files().stream().map(Intake::place).collect(Collectors.toSet());
            for (InputFile manifest : inbox.sent()) {
                checkHasFile(manifest, places);
            }
            for (Inbox.Refused refused : inbox.refused()) {
                InputFile nothing = new InputFile(refused.displayName(), Path.of(""), null, limits);
                refuse(unread(nothing, ""), refused.refusal());
            }
            return List.copyOf(results);
        }

        /** What a manifest says of a file that is not there would go unheard: that the file is late, or that its name is another. */
        private void checkHasFile(InputFile manifest, Set<String> places) throws IOException {
            try {
                Optional<String> described = Manifests.described(manifest);
                if (described.isPresent() && !places.contains(place(manifest.folder(), described.get()))) {
                    throw new Refusal(
                            "MANIFESTE_SANS_FICHIER",
                            "Ce manifeste décrit «\u00a0" + described.get()
                                    + "\u00a0», qui n’est pas à côté de lui\u00a0: corrigez le nom, ou envoyez le fichier avec lui.");
                }
            } catch (Refusal refusal) {
                refuse(unread(manifest, ""), refusal);
            }
        }

        /** Text under another extension: in a folder it may be anything, unless its name is one that a mapping or a feed awaits. */
        private boolean isNamed(InputFile file) {
            return request.mapping()
                    .map(mapping -> mapping.names(file))
                    .orElseGet(() -> file.simpleName().toLowerCase(Locale.ROOT).matches(".*\\.txt(\\.gz)?")
                            && FeedName.of(file, contracts.keySet()).isPresent());
        }

        private void takeFile(InputFile file, Manifests manifests) throws IOException {
            List<String> feeds = List.of();
            try {
                Manifest manifest = manifests.of(file);
                Optional<FeedName> name = FeedName.of(file, contracts.keySet());
                feeds = feeds(file, manifest, name);
                if (feeds.isEmpty()) {
                    return;
                }
                Survey survey = Survey.of(file);
                String source = SourceName.of(manifest.source()
                        .or(request::source)
                        .or(() -> request.mapping().flatMap(Mapping::source))
                        .or(() -> name.map(FeedName::source))
                        .orElse(""));
                for (String feed : feeds) {
                    takeFeed(
                            new Destination(
                                    file,
                                    feed,
                                    source,
                                    manifest,
                                    completeUntil(feed, manifest),
                                    survey.sha256(),
                                    deliveryId(survey.sha256(), feed, source, manifest.replaced())),
                            survey);
                }
            } catch (Refusal refusal) {
                for (String feed : feeds.isEmpty() ? List.of("") : feeds) {
                    refuse(unread(file, feed), refusal);
                }
            }
        }

        /** Empty for a file that the mapping leaves aside. */
        private List<String> feeds(InputFile file, Manifest manifest, Optional<FeedName> name) throws Refusal {
            if (request.mapping().isPresent()) {
                Mapping mapping = request.mapping().get();
                List<String> feeds = mapping.feeds(file);
                if (feeds.isEmpty() && !mapping.isIgnored(file)) {
                    throw mapping.readsNothing();
                }
                return feeds;
            }
            Optional<String> feed = manifest.feed().or(request::feed).or(() -> name.map(FeedName::feed));
            if (feed.isEmpty() || !contracts.containsKey(feed.get())) {
                throw new Refusal(
                        "FLUX_INCONNU",
                        "Flux inconnu\u00a0: nommez le fichier <flux>.csv ou donnez --feed, avec l’un de "
                                + String.join(
                                        ", ",
                                        contracts.keySet().stream().sorted().toList()) + ".");
            }
            return List.of(feed.get());
        }

        private Optional<LocalDate> completeUntil(String feed, Manifest manifest) {
            FeedContract contract = contracts.get(feed);
            return contract == null || contract.reference()
                    ? Optional.empty()
                    : Optional.of(request.completeTo().or(manifest::completeTo).orElse(request.today()));
        }

        private Destination unread(InputFile file, String feed) {
            return new Destination(
                    file,
                    feed,
                    "",
                    Manifest.NONE,
                    completeUntil(feed, Manifest.NONE),
                    "",
                    Destination.deliveryId("", feed, file.displayName()));
        }

        /** Bytes that say something more than when they were loaded are another delivery, which has a key of its own. */
        private String deliveryId(String sha256, String feed, String source, Optional<Replacement> replaced) {
            String key = Destination.deliveryId(sha256, feed, mappingContent);
            String more = Destination.deliveryId(
                    sha256,
                    feed,
                    mappingContent + "\n" + source + "\n"
                            + replaced.map(days -> days.from() + " " + days.until())
                                    .orElse(""));
            boolean saysMore = known(more).isPresent()
                    || known(key)
                            .filter(one -> one.isSilentOn(source, replaced))
                            .isPresent();
            return saysMore ? more : key;
        }

        private Optional<Loaded> known(String deliveryId) {
            return Optional.ofNullable(taken.get(deliveryId))
                    .or(() -> request.known().apply(deliveryId));
        }

        private void takeFeed(Destination target, Survey survey) throws IOException {
            Optional<Loaded> known = known(target.deliveryId())
                    .filter(Loaded::counts)
                    .filter(one -> !one.source().equals(target.source()) || !one.hasMoreOn(target.completeUntil()));
            if (known.isPresent()) {
                boolean isOfSource = known.get().source().equals(target.source());
                results.add(result(
                        isOfSource ? target : target.ofNoCompleteness(),
                        Status.DEJA_CHARGE,
                        0,
                        0,
                        0,
                        0,
                        isOfSource
                                ? Optional.empty()
                                : Optional.of(
                                        ofAnotherSource(target, known.get().source())),
                        Optional.empty(),
                        Optional.empty()));
                return;
            }
            FeedContract contract = contract(target.feed());
            FeedIntake lines = new FeedIntake(
                    target,
                    contract,
                    request.mapping().map(Mapping::layout).orElse(Layout.PLAIN),
                    pseudonymiser,
                    progress);
            Path staged = folder.resolve(target.deliveryId() + ".csv");
            Path rejectsPath = rejectsOf(target);
            try (RejectFile rejects = new RejectFile(rejectsPath)) {
                try {
                    check(survey, target.manifest());
                    Path vault = folder.resolve(target.deliveryId() + ".coffre");
                    lines.take(survey, header -> plan(contract, target, header), staged, vault, rejects);
                    taken.put(
                            target.deliveryId(),
                            new Loaded(
                                    target.source(),
                                    target.manifest().replaced(),
                                    lines.read(),
                                    true,
                                    Optional.empty()));
                    results.add(result(
                            target,
                            Status.CHARGE,
                            lines.read(),
                            lines.kept(),
                            lines.rejected(),
                            rejects.warnings(),
                            Optional.empty(),
                            Optional.of(staged),
                            Optional.of(rejectsPath)));
                } catch (Refusal refusal) {
                    if (lines.rejected() == 0) {
                        rejects.add(refusal.line(), Finding.error(refusal.code(), refusal.sentence()));
                    }
                    results.add(result(
                            target.refused(),
                            Status.REFUSE,
                            lines.read(),
                            0,
                            lines.read(),
                            rejects.warnings(),
                            Optional.of(refusal.sentence()),
                            Optional.empty(),
                            Optional.of(rejectsPath)));
                }
            }
        }

        /** By number: other files may bear the name of this one, and this content may have been loaded under another. */
        private static String ofAnotherSource(Destination target, String loaded) {
            return "Contenu déjà chargé, " + named(loaded) + "\u00a0: rien n’est repris, ni noté "
                    + named(target.source())
                    + ". Pour corriger la source, retirez-le (vigie withdraw "
                    + target.deliveryId().substring(0, SHOWN) + ") et rechargez-le.";
        }

        private static String named(String source) {
            return source.isEmpty() ? "sans source nommée" : "de la source " + source;
        }

        private void check(Survey survey, Manifest manifest) throws Refusal {
            checkText(survey);
            if (manifest.sha256().isPresent() && !manifest.sha256().get().equals(survey.sha256())) {
                throw new Refusal(
                        "MANIFESTE_SHA256",
                        "L’empreinte SHA-256 du fichier n’est pas celle du manifeste\u00a0: transfert incomplet ou"
                                + " fichier modifié\u00a0?");
            }
        }

        private Plan plan(FeedContract contract, Destination target, HeaderLine header) throws Refusal {
            if (request.mapping().isPresent()) {
                Mapping mapping = request.mapping().get();
                return mapping.plan(
                        contract,
                        target.file(),
                        header,
                        request.empties(),
                        opaque -> checker(
                                contract,
                                new CheckOptions(
                                        target.completeUntil(),
                                        request.today(),
                                        target.source(),
                                        mapping.zone(),
                                        mapping.earliest(),
                                        opaque)));
            }
            CheckOptions options = new CheckOptions(
                    target.completeUntil(),
                    request.today(),
                    target.source(),
                    DateReader.PARIS,
                    CheckOptions.EARLIEST,
                    false);
            return Plan.plain(contract, header, checker(contract, options), target.source(), request.empties());
        }

        private LineChecker checker(FeedContract contract, CheckOptions options) {
            return new LineChecker(contract, options, pseudonymiser);
        }

        private void refuse(Destination target, Refusal refusal) throws IOException {
            Path rejectsPath = rejectsOf(target);
            try (RejectFile rejects = new RejectFile(rejectsPath)) {
                rejects.add(1, Finding.error(refusal.code(), refusal.sentence()));
            }
            results.add(result(
                    target.refused(),
                    Status.REFUSE,
                    0,
                    0,
                    0,
                    0,
                    Optional.of(refusal.sentence()),
                    Optional.empty(),
                    Optional.of(rejectsPath)));
        }

        private Path rejectsOf(Destination target) {
            return folder.resolve(target.refused().deliveryId() + ".rejets.csv");
        }

        private IntakeResult result(
                Destination target,
                Status status,
                long read,
                long kept,
                long rejected,
                long warnings,
                Optional<String> refusal,
                Optional<Path> staged,
                Optional<Path> rejects) {
            return new IntakeResult(
                    target.file().displayName(),
                    target.feed(),
                    target.source(),
                    target.sha256(),
                    target.deliveryId(),
                    status,
                    target.completeUntil(),
                    target.manifest().replaced(),
                    read,
                    kept,
                    rejected,
                    warnings,
                    refusal,
                    staged,
                    rejects);
        }

        private FeedContract contract(String feed) {
            FeedContract contract = contracts.get(feed);
            if (contract == null) {
                throw new IllegalStateException("feed without contract: " + feed);
            }
            return contract;
        }
    }
}
