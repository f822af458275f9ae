package fr.vigie.dashboards;

import java.time.LocalDateTime;

/**
 * What lets a figure be found again.
 *
 * @param dateArret Paris time
 * @param empreinte SHA-256 over the published values, in hexadecimal
 */
public record PublicationStamp(int numero, LocalDateTime dateArret, String empreinte) {

    /** Enough to compare two pages by eye. */
    String empreinteCourte() {
        return empreinte.substring(0, Math.min(12, empreinte.length()));
    }
}
