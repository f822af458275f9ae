package fr.vigie.batch.superset;

import fr.vigie.schema.Fingerprint;
import fr.vigie.schema.Resources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The assets that are imported, as Superset wants them: one zip with one top folder. */
final class Bundle {

    static final String DATABASE_FILE = "databases/Vigie.yaml";

    private static final List<String> FOLDERS = List.of("", "databases", "datasets/Vigie", "charts", "dashboards");
    private static final String TEMPLATE_ADDRESS = "127.0.0.1:5432/vigie";

    private final Map<String, String> files;

    /** @param address {@code host:port/database} of the instance's PostgreSQL, as Superset reaches it */
    Bundle(String address) {
        files = new TreeMap<>();
        for (String folder : FOLDERS) {
            String path = folder.isEmpty() ? "superset/tableaux" : "superset/tableaux/" + folder;
            Resources.texts(path, ".yaml")
                    .forEach((name, text) -> files.put(folder.isEmpty() ? name : folder + "/" + name, text));
        }
        files.computeIfPresent(DATABASE_FILE, (name, text) -> text.replace(TEMPLATE_ADDRESS, address));
    }

    byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry("vigie/" + file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Changes when a file or the address does, or what is put in place with them. */
    String print(String others) {
        MessageDigest digest = Fingerprint.sha256();
        files.forEach((name, text) -> digest.update((name + "\n" + text).getBytes(StandardCharsets.UTF_8)));
        digest.update(others.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }
}
