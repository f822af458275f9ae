package fr.vigie.batch.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Spark's classes as Java maps them, which saves a small run most of its time: left by one run for the next ones. They are part of the build and
 * serve every instance of it; where the program belongs to another account, each instance keeps its own.
 */
final class ClassArchive {

    static final String NAME = "worker.jsa";

    private final Path program;
    private final Path own;

    /**
     * @param program folder of the built worker
     * @param home folder of the instance
     */
    ClassArchive(Path program, Path home) {
        this.program = program.resolve(NAME);
        this.own = home.resolve(NAME);
    }

    /** One that is not older than the program: Java passes over the others, without a word. */
    Optional<Path> of(Path jar) throws IOException {
        for (Path kept : Stream.of(program, own).filter(Files::isReadable).toList()) {
            if (Files.getLastModifiedTime(kept).compareTo(Files.getLastModifiedTime(jar)) >= 0) {
                return Optional.of(kept);
            }
        }
        return Optional.empty();
    }

    /** Keeps what a run has made. That run has ended well, whatever happens here. */
    void keep(Path made) {
        try {
            replace(made, program);
            // Part of the build, not of the instance: whoever runs this build may read it.
            program.toFile().setReadable(true, false);
        } catch (IOException notOurs) {
            try {
                replace(made, own);
            } catch (IOException noRoom) {
                // The next run makes it again.
            }
        }
    }

    /** Whole or not at all, also from another disk: a run that starts meanwhile would map half of it. */
    private static void replace(Path made, Path kept) throws IOException {
        Path beside = kept.resolveSibling("." + ProcessHandle.current().pid() + "-" + NAME);
        try {
            Files.move(made, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, kept, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
