package fr.vigie.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What the first bytes of a file say that it is, whatever its name. */
enum FileKind {
    TEXT("", ""),
    /** {@code .xlsx}, or another archive: {@link Workbook} tells. */
    ARCHIVE("504b0304", ""),
    OPEN_DOCUMENT(
            "",
            "Classeur LibreOffice ou OpenDocument (.ods), que Vigie ne lit pas\u00a0: enregistrez la feuille en CSV UTF-8 ou en .xlsx."),
    OLD_WORKBOOK(
            "d0cf11e0a1b11ae1",
            "Ancien classeur Excel (.xls), ou classeur protégé par un mot de passe\u00a0: enregistrez-le, sans mot de passe, en .xlsx ou en CSV"
                    + " UTF-8."),
    GZIP("1f8b08", "Fichier compressé dont le nom ne le dit pas\u00a0: ajoutez .gz à son nom."),
    PDF("25504446", "Document PDF\u00a0: demandez l’export en CSV UTF-8 ou en .xlsx."),
    SEVEN_ZIP("377abcaf271c", "Archive 7z\u00a0: déposez les fichiers en .zip, ou sans archive."),
    RAR("526172211a07", "Archive RAR\u00a0: déposez les fichiers en .zip, ou sans archive."),
    UTF_32("fffe0000", "Texte en UTF-32\u00a0: exportez-le en CSV UTF-8.");

    private static final int FIRST_NAME = 30;

    private final String start;
    private final String remedy;

    FileKind(String start, String remedy) {
        this.start = start;
        this.remedy = remedy;
    }

    /** @param head the first bytes, 100 or more unless the file is shorter */
    static FileKind of(byte[] head) {
        String hexadecimal = HexFormat.of().formatHex(head, 0, Math.min(8, head.length));
        FileKind kind = Arrays.stream(values())
                .filter(candidate -> !candidate.start.isEmpty() && hexadecimal.startsWith(candidate.start))
                .findFirst()
                .orElse(TEXT);
        boolean isOpenDocument = kind == ARCHIVE
                && new String(head, StandardCharsets.ISO_8859_1)
                        .startsWith("mimetypeapplication/vnd.oasis.opendocument", FIRST_NAME);
        return isOpenDocument ? OPEN_DOCUMENT : kind;
    }

    /** What to do with a file of this kind; empty for what can be read. */
    Optional<String> remedy() {
        return remedy.isEmpty() ? Optional.empty() : Optional.of(remedy);
    }
}
