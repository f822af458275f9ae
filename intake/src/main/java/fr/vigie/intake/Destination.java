package fr.vigie.intake;

import fr.vigie.schema.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One file for one feed, before its lines are read.
 *
 * @param feed empty when none could be told
 * @param sha256 empty when the bytes could not be read
 */
record Destination(
        InputFile file,
        String feed,
        String source,
        Manifest manifest,
        Optional<LocalDate> completeUntil,
        String sha256,
        String deliveryId) {

    /**
     * The same file, refused. It has a key of its own, with its name: two wrong files may hold the same bytes, or none, and each stays listed.
     */
    Destination refused() {
        return new Destination(
                file,
                feed,
                source,
                manifest,
                completeUntil,
                sha256,
                deliveryId(sha256, feed, deliveryId + "\n" + file.displayName()));
    }

    /** The same file, of which a source is not complete until any day. */
    Destination ofNoCompleteness() {
        return new Destination(file, feed, source, manifest, Optional.empty(), sha256, deliveryId);
    }

    /** The key of a delivery (contrat.md 2): content, feed, content of the mapping. */
    static String deliveryId(String sha256, String feed, String mapping) {
        byte[] digest =
                Fingerprint.sha256().digest((sha256 + "\n" + feed + "\n" + mapping).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, 32);
    }
}
