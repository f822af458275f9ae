package fr.vigie.batch.instance;

import fr.vigie.batch.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folders of one instance. */
public record InstanceHome(Path root) {

    public InstanceHome {
        root = root.toAbsolutePath().normalize();
    }

    public boolean exists() {
        return Files.isDirectory(root);
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

    public Path staging() {
        return root.resolve("staging");
    }

    public Path run(String identifier) {
        return root.resolve("runs").resolve(identifier);
    }

    /** Creates what a writing command needs. */
    public void create() {
        try {
            for (Path folder : new Path[] {root, lake(), secret(), staging(), root.resolve("runs")}) {
                Files.createDirectories(folder);
            }
        } catch (IOException problem) {
            throw Failure.of(
                    "Le dossier de l’instance " + root
                            + " ne peut pas être créé\u202f: vérifiez les droits et la place disponible, ou choisissez-en un autre avec --home.",
                    problem);
        }
    }
}
