package fr.vigie.intake;

import fr.vigie.schema.Delivery.Replacement;
import fr.vigie.schema.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a source says of a file that it sends (domaine 3.4); the format is in {@code warehouse-schema/feeds/README.md}.
 *
 * @param completeTo whole day up to which the source is complete
 * @param lines data lines of the file, the header not counted
 * @param sha256 of the uncompressed bytes, lower case
 * @param replaced for a complete delivery, the period that it covers
 */
record Manifest(
        Optional<String> source,
        Optional<String> feed,
        Optional<LocalDate> completeTo,
        OptionalLong lines,
        Optional<String> sha256,
        Optional<Replacement> replaced) {

    static final Manifest NONE = new Manifest(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty());

    private static final Pattern NAME = Pattern.compile("(?:.*/)?(?:.+\\.)?manifeste?\\.(?:yaml|yml|json)");
    private static final int LONGEST = 1 << 20;

    static boolean isManifestName(String lower) {
        return NAME.matcher(lower).matches();
    }

    /** The file that it names, if any. */
    static Optional<String> target(InputFile manifest) throws Refusal {
        return YamlNode.read(manifest.simpleName(), text(manifest), new YamlNode.Problems())
                .at("fichier")
                .optionalText();
    }

    static Manifest read(InputFile file) throws Refusal {
        YamlNode.Problems problems = new YamlNode.Problems();
        YamlNode node = YamlNode.read(file.simpleName(), text(file), problems)
                .onlyKeys(
                        "fichier",
                        "source",
                        "flux",
                        "periode_debut",
                        "periode_fin",
                        "date_completude",
                        "lignes",
                        "sha256",
                        "mode");
        Optional<LocalDate> from = day(node.at("periode_debut"));
        Optional<LocalDate> until = day(node.at("periode_fin"));
        Optional<LocalDate> completeTo = day(node.at("date_completude"));
        OptionalLong lines = node.at("lignes").isPresent()
                ? OptionalLong.of(node.at("lignes").whole())
                : OptionalLong.empty();
        String mode = node.at("mode").textOr("DELTA").toUpperCase(Locale.ROOT);
        if (!mode.equals("DELTA") && !mode.equals("COMPLET")) {
            node.at("mode").problem("COMPLET ou DELTA est attendu");
        }
        Manifest manifest = new Manifest(
                node.at("source").optionalText(),
                node.at("flux").optionalText(),
                completeTo,
                lines,
                node.at("sha256").optionalText().map(text -> text.toLowerCase(Locale.ROOT)),
                mode.equals("COMPLET") ? Optional.of(new Replacement(from, until)) : Optional.empty());
        if (!problems.isEmpty()) {
            throw new Refusal(
                    "MANIFESTE_INVALIDE",
                    "Manifeste invalide\u00a0: " + String.join("\u202f; ", problems.sentences()) + ".");
        }
        return manifest;
    }

    private static Optional<LocalDate> day(YamlNode node) {
        Optional<String> text = node.optionalText();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        WrittenDate written = WrittenDate.parse(text.get());
        if (written == null) {
            node.problem("une date aaaa-mm-jj est attendue");
            return Optional.empty();
        }
        return Optional.of(written.day());
    }

    private static String text(InputFile file) throws Refusal {
        try (InputStream stream = file.open()) {
            String text = new String(stream.readNBytes(LONGEST), StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (IOException problem) {
            throw new Refusal("MANIFESTE_INVALIDE", "Manifeste illisible.");
        }
    }
}
