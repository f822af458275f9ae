package fr.vigie.batch.jobs;

import fr.vigie.batch.publication.PublicationReader.Publication;
import fr.vigie.batch.publication.Publisher.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run did, gathered step by step for the command to tell. */
public final class Outcome {

    /** One line of what {@code load} prints. */
    public record FileLine(
            String file,
            String feed,
            long read,
            long kept,
            long rejected,
            long warnings,
            String status,
            String reason) {}

    private final List<FileLine> files = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Published published;
    private @Nullable Publication kept;

    void addFile(FileLine line) {
        files.add(line);
    }

    void warn(List<String> sentences) {
        warnings.addAll(sentences);
    }

    void publish(Published publication) {
        published = publication;
    }

    /** The publication in place says it already: nothing was computed. */
    void keep(Publication current) {
        kept = current;
    }

    /** What was computed again after it. */
    void endWith(Outcome again) {
        warnings.addAll(again.warnings);
        published = again.published;
        kept = again.kept;
    }

    public List<FileLine> files() {
        return List.copyOf(files);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    public Optional<Published> published() {
        return Optional.ofNullable(published);
    }

    /** The publication that says what was asked for, when nothing had to be computed. */
    public Optional<Publication> kept() {
        return Optional.ofNullable(kept);
    }

    public boolean hasRefusedFile() {
        return files.stream().anyMatch(file -> file.status().equals("REFUSE"));
    }
}
