package fr.vigie.batch.instance;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret of the instance in a file of its own, which only its account of this machine reads. */
public final class SecretFile {

    private SecretFile() {}

    /** As text that goes into an address or a command: letters, digits, {@code -} and {@code _}. */
    public static String drawn(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** The secret of this file, drawn the first time. */
    public static String readOrDraw(Path file, int bytes) throws IOException {
        if (!Files.exists(file)) {
            writeNew(file, drawn(bytes) + "\n");
        }
        return Files.readString(file).strip();
    }

    /** Writes a file that is not there yet; of two first uses at once, one wins and is never half written. */
    public static void writeNew(Path file, String text) throws IOException {
        FileAttribute<?>[] owner =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".cle", ".tmp", owner);
        try {
            Files.writeString(fresh, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            // A link fails when the name is taken.
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException raced) {
            return;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            // Some disks know no links; a copy is refused too when the name is taken.
            copy(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void copy(Path fresh, Path file) throws IOException {
        try {
            Files.copy(fresh, file, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (FileAlreadyExistsException raced) {
            // The other first use has written it whole.
        }
    }
}
