package fr.vigie.intake;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Holds the encrypted identifiers of a file until it is known whether the file is refused: nothing of a refused file may stay. */
final class VaultStage implements AutoCloseable {

    private static final int REMEMBERED = 200_000;

    private final Path file;
    private final Pseudonymiser pseudonymiser;
    private final BufferedWriter writer;
    private final Set<String> written = new HashSet<>();

    VaultStage(Path file, Pseudonymiser pseudonymiser) throws IOException {
        this.file = file;
        this.pseudonymiser = pseudonymiser;
        this.writer = Files.newBufferedWriter(file);
    }

    void add(String person, String source) throws IOException {
        String pseudonym = pseudonymiser.pseudonym(person);
        if (written.size() >= REMEMBERED) {
            // Writing an entry twice is harmless, growing without bound is not.
            written.clear();
        }
        if (written.add(pseudonym + source)) {
            writer.write(pseudonym + '\t' + pseudonymiser.cipher().seal(pseudonym, person) + '\t' + source + '\n');
        }
    }

    /** Hands everything to the vault. */
    void commit() throws IOException {
        writer.close();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] parts = line.split("\t", -1);
                pseudonymiser.vault().keep(parts[0], parts[2], parts[1]);
            }
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(file);
    }
}
