package fr.vigie.demonstration;

import java.time.LocalDateTime;

/** Starts the lines of events. */
final class Evenements {

    private Evenements() {}

    /** A line with a new identifier; the version remains to be given. */
    static Line line(Dossier dossier, String type, String source, LocalDateTime moment) {
        return line(dossier, dossier.nextId("E"), type, source, moment);
    }

    static Line line(Dossier dossier, String id, String type, String source, LocalDateTime moment) {
        return dossier.line(DemonstrationFeed.EVENEMENTS)
                .with("evenement_id", id)
                .with("source", source)
                .with("type", type)
                .with("date_heure", moment);
    }
}
