package fr.vigie.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * One file to take, wherever it stands.
 *
 * @param displayName relative to the path given, {@code a.zip!/x.csv} for the entry of an archive
 * @param path the file, or the archive that holds it
 * @param entry the entry of the archive; null for a plain file
 */
record InputFile(String displayName, Path path, @Nullable String entry, Limits limits) {

    private static final Pattern EXTENSION =
            Pattern.compile("(?:\\.(?:csv|tsv|txt|xlsx|xlsm|xlsb|xls|ods))?(?:\\.gz)?$");

    /** The last segment of the name, in lower case, without its extension. */
    String stem() {
        return EXTENSION.matcher(simpleName().toLowerCase(Locale.ROOT)).replaceFirst("");
    }

    /** The last segment of the name as written. */
    String simpleName() {
        String name = entry == null ? String.valueOf(path.getFileName()) : entry;
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The folder of the file, in the file system or in the archive; two files of one folder share what a manifest says. */
    String folder() {
        if (entry == null) {
            return String.valueOf(path.toAbsolutePath().getParent());
        }
        int slash = entry.lastIndexOf('/');
        return path.toAbsolutePath() + "!/" + (slash < 0 ? "" : entry.substring(0, slash));
    }

    /** Uncompressed bytes, watched over by the limits. */
    InputStream open() throws IOException {
        boolean gzip = simpleName().toLowerCase(Locale.ROOT).endsWith(".gz");
        if (entry == null) {
            InputStream raw = Files.newInputStream(path);
            return limited(raw, gzip, Files.size(path));
        }
        ZipFile zip = openZip(path);
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            zip.close();
            throw new IOException("entry vanished from the archive");
        }
        InputStream raw = new FilterInputStream(zip.getInputStream(found)) {
            @Override
            public void close() throws IOException {
                super.close();
                zip.close();
            }
        };
        return limited(raw, gzip, found.getCompressedSize());
    }

    /** A file that is itself an archive, as a workbook is, entry by entry. */
    LimitedArchive openArchive() throws IOException {
        return new LimitedArchive(open(), new OutputLimit(limits, compressedBytes()));
    }

    private long compressedBytes() throws IOException {
        if (entry == null) {
            return Files.size(path);
        }
        try (ZipFile zip = openZip(path)) {
            ZipEntry found = zip.getEntry(entry);
            return found == null ? 0 : found.getCompressedSize();
        }
    }

    /** Archives made on older Windows write the names of their entries in code page 437, and say nothing of it. */
    static ZipFile openZip(Path path) throws IOException {
        try {
            return new ZipFile(path.toFile());
        } catch (ZipException notUtf8) {
            return new ZipFile(path.toFile(), Charset.forName("IBM437"));
        }
    }

    private InputStream limited(InputStream raw, boolean gzip, long compressedBytes) throws IOException {
        try {
            InputStream plain = gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
            return new LimitedStream(
                    plain, new OutputLimit(limits, gzip || entry != null ? compressedBytes : Long.MAX_VALUE));
        } catch (IOException problem) {
            raw.close();
            throw problem;
        }
    }
}
