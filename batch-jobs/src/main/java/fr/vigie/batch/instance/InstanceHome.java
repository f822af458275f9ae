package fr.vigie.batch.instance;

import fr.vigie.batch.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folders of one instance. */
public record InstanceHome(Path root) {

    /**
     * How the folders of a home are laid out, as {@code format} says in it: 1, which wrote no such file, had one partition of bronze per
     * delivery. What lies inside the tables has its own versions (the mart Flyway's, silver its recipe); this one is for a program that would
     * not understand the folders.
     */
    public static final int FORMAT = 2;

    /** Of a home that a later version has laid out. */
    public static final String LATER_REMEDY =
            "utilisez cette version-là, ou une sauvegarde de l’instance faite avant la mise à niveau";

    public InstanceHome {
        root = root.toAbsolutePath().normalize();
    }

    public Path lake() {
        return root.resolve("lake");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path secret() {
        return root.resolve("secret");
    }

    /** The key of pseudonyms, which neither lake nor database ever holds. */
    public Path key() {
        return secret().resolve("cle-pseudonymes");
    }

    /** The key from which the passwords of the readers' logins are derived, which Superset keeps sealed and PostgreSQL never sees. */
    public Path readersKey() {
        return secret().resolve("cle-lecteurs");
    }

    public Path staging() {
        return root.resolve("staging");
    }

    public Path superset() {
        return root.resolve("superset");
    }

    public Path run(String identifier) {
        return root.resolve("runs").resolve(identifier);
    }

    /** Creates what a command needs, closed to the other accounts of the machine, and marks the home as one of this version. */
    public void create() {
        try {
            int format = format();
            if (format > FORMAT) {
                throw Failure.of("L’instance " + root + " a servi à une version plus récente de Vigie (format " + format
                        + "\u202f; celle-ci connaît le format " + FORMAT
                        + ")\u202f: " + LATER_REMEDY + ".");
            }
            for (Path folder : new Path[] {root, lake(), secret(), staging(), root.resolve("runs")}) {
                Files.createDirectories(folder);
            }
            if (format < FORMAT) {
                Files.writeString(formatFile(), FORMAT + "\n");
            }
            new Confidentiality(this).close();
        } catch (IOException problem) {
            throw unusable(problem);
        }
    }

    /** 0 for a home that nothing wrote a format in. */
    public int format() throws IOException {
        if (!Files.exists(formatFile())) {
            return 0;
        }
        String text = Files.readString(formatFile()).strip();
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }

    private Path formatFile() {
        return root.resolve("format");
    }

    /** Refuses a place where {@link #create()} could only fail, without making anything there. */
    public void checkUsable() {
        Path existing = root;
        for (Path parent = root.getParent(); !Files.exists(existing) && parent != null; parent = existing.getParent()) {
            existing = parent;
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw unusable(new IOException("not a folder to write in: " + existing));
        }
    }

    private Failure unusable(IOException problem) {
        return Failure.of(
                "Le dossier de l’instance " + root
                        + " ne peut pas être créé ou écrit\u202f: vérifiez les droits et la place disponible, ou choisissez-en un autre avec --home.",
                problem);
    }
}
