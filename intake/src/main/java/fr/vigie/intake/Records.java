package fr.vigie.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import org.jspecify.annotations.Nullable;

/** The records of one file after its header, which is its first record or what a mapping gives in its place. */
final class Records {

    private final CsvLines lines;
    private final HeaderLine header;
    private final @Nullable CsvRecord written;
    private @Nullable CsvRecord waiting;

    Records(CsvLines lines, Layout layout) throws Refusal {
        this.lines = lines;
        CsvRecord first = lines.next();
        if (first == null) {
            throw new Refusal("FICHIER_VIDE", "Fichier vide\u00a0: ni en-tête ni ligne.");
        }
        HeaderLine names = HeaderLine.of(first.getFields());
        if (layout.hasHeader()) {
            header = names;
            written = first;
            return;
        }
        header = new HeaderLine(layout.names());
        written = null;
        waiting = first;
        if (names.equals(header)) {
            throw new Refusal(
                    "EN_TETE_PRESENT",
                    "La première ligne lue porte déjà les noms que la correspondance donne\u00a0: retirez-lui"
                            + " «\u00a0header\u00a0».",
                    lines.line());
        }
    }

    HeaderLine header() {
        return header;
    }

    /** Null at the end. */
    @Nullable
    CsvRecord next() throws Refusal {
        CsvRecord record = waiting != null ? waiting : lines.next();
        waiting = null;
        return record;
    }

    /** Two exports put end to end. */
    boolean isHeaderAgain(CsvRecord record) {
        return written != null
                && record.getField(0).equals(written.getField(0))
                && record.getFields().equals(written.getFields());
    }

    /** Why a record cannot be given to the columns; null when it can. */
    @Nullable
    Finding wrongWidth(CsvRecord record) {
        if (header.fits(record)) {
            return null;
        }
        int fields = record.getFieldCount();
        int columns = header.width();
        return fields > columns
                ? Finding.error(
                        "COLONNES_EN_TROP",
                        fields + " valeurs pour " + columns
                                + " colonnes\u00a0: séparateur dans un texte sans guillemets\u00a0?")
                : Finding.error(
                        "COLONNES_MANQUANTES",
                        fields + " valeurs pour " + columns + " colonnes\u00a0: ligne tronquée\u00a0?");
    }
}
