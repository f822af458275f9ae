package fr.vigie.demonstration;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One patient while the lines are written: what one feed must know of another. Thrown away before the next patient. */
final class Dossier {

    /** An effective declaration of médecin traitant, half-open. */
    record Declaration(LocalDate start, @Nullable LocalDate end, String rpps) {

        boolean covers(LocalDate day) {
            return !day.isBefore(start) && (end == null || day.isBefore(end));
        }
    }

    /** A search for a médecin traitant, and the declaration to which it led. */
    record Recherche(LocalDateTime request, @Nullable LocalDate declaration) {}

    /**
     * A stay.
     *
     * @param home whether it ended with a return home, alive
     */
    record Sejour(
            String admissionId,
            String sortieId,
            LocalDateTime admission,
            LocalDateTime sortie,
            String finess,
            String communeLieu,
            boolean programme,
            int nights,
            boolean home) {}

    private final World world;
    private final Patient patient;
    private final Draws draws;
    private final LocalDateTime from;
    private final LocalDateTime until;
    private final String number;
    private final List<Declaration> declarations = new ArrayList<>();
    private final List<Recherche> recherches = new ArrayList<>();
    private final List<Sejour> sejours = new ArrayList<>();
    private int lastId;

    Dossier(World world, Patient patient, String number, Draws draws) {
        this.world = world;
        this.patient = patient;
        this.number = number;
        this.draws = draws;
        LocalDateTime birth = patient.birth().atTime(12, 0);
        LocalDateTime start = world.parameters().start().atStartOfDay();
        LocalDateTime deces = patient.deces();
        this.from = birth.isAfter(start) ? birth : start;
        this.until = deces == null ? world.parameters().cutoff() : deces;
    }

    World world() {
        return world;
    }

    Patient patient() {
        return patient;
    }

    Draws draws() {
        return draws;
    }

    /** The first minute of the period in which the person lives. */
    LocalDateTime from() {
        return from;
    }

    /** The last minute of the period in which the person lives. */
    LocalDateTime until() {
        return until;
    }

    /** The part of two years during which the person lives in the period. */
    double twoYears() {
        return Math.max(0, until.toLocalDate().toEpochDay() - from.toLocalDate().toEpochDay()) / 731.0;
    }

    /** An identifier that nobody else has. */
    String nextId(String prefix) {
        lastId++;
        return prefix + number + "-" + lastId;
    }

    List<Declaration> declarations() {
        return declarations;
    }

    List<Recherche> recherches() {
        return recherches;
    }

    List<Sejour> sejours() {
        return sejours;
    }

    boolean hasMedecinTraitant(LocalDate day) {
        return declarations.stream().anyMatch(declaration -> declaration.covers(day));
    }

    /** Whether something may be said to have happened then. */
    boolean isPast(LocalDateTime moment) {
        return !moment.isAfter(until);
    }

    /** The version of a line: some time after the moment, never after the end of the demonstration. */
    LocalDateTime version(LocalDateTime moment) {
        LocalDateTime version = moment.plusMinutes(draws.between(5, 2_880));
        LocalDateTime cutoff = world.parameters().cutoff();
        return version.isAfter(cutoff) ? cutoff : version;
    }

    Line line(DemonstrationFeed feed) {
        return feed.line().with("patient_id", patient.id());
    }

    void write(Line line) {
        world.files().write(line, draws);
    }
}
