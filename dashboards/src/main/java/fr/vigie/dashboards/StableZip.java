package fr.vigie.dashboards;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Writes a zip again without the time at which it was made: a workbook is a zip, and its bytes must tell its content only. */
final class StableZip {

    /** The first instant that a zip can hold. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private StableZip() {}

    /** From a file, since the streams of large workbooks do not tell the sizes of their entries beforehand. */
    static void copy(Path zip, OutputStream out) throws IOException {
        ZipOutputStream copy = new ZipOutputStream(out);
        try (ZipFile source = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(source.entries())) {
                ZipEntry timeless = new ZipEntry(entry.getName());
                timeless.setTimeLocal(EPOCH);
                copy.putNextEntry(timeless);
                try (InputStream content = source.getInputStream(entry)) {
                    content.transferTo(copy);
                }
                copy.closeEntry();
            }
        }
        copy.finish();
    }
}
