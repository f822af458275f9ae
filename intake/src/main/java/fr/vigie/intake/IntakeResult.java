package fr.vigie.intake;

import fr.vigie.schema.Delivery.Replacement;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What became of one file for one feed.
 *
 * @param displayName relative to the path given
 * @param feed empty when no feed could be told
 * @param source empty when none was named
 * @param sha256 of the uncompressed bytes; empty when they could not be read
 * @param deliveryId 32 hexadecimal digits: content, feed and mapping
 * @param completeUntil absent for reference feeds, and for content that is loaded of another source
 * @param replaced for a complete delivery, the days that it replaces
 * @param linesRead lines emitted to the feed, which for a file without filter nor several blocks are its data lines; 0 when already loaded
 * @param warnings findings of level {@code A}
 * @param refusal why the whole file was refused, or what of it was not noted as its content is loaded, one French sentence
 * @param staged checked and pseudonymised lines, {@code ;}, UTF-8, quotes doubled; absent when refused or already loaded
 * @param rejects {@code ligne;colonne;niveau;code;message;valeur}; absent when already loaded
 */
public record IntakeResult(
        String displayName,
        String feed,
        String source,
        String sha256,
        String deliveryId,
        Status status,
        Optional<LocalDate> completeUntil,
        Optional<Replacement> replaced,
        long linesRead,
        long linesKept,
        long linesRejected,
        long warnings,
        Optional<String> refusal,
        Optional<Path> staged,
        Optional<Path> rejects) {

    /** As printed in the column {@code statut}. */
    public enum Status {
        CHARGE,
        DEJA_CHARGE,
        REFUSE
    }
}
