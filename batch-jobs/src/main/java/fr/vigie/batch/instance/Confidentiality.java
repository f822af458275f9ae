package fr.vigie.batch.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the other accounts of the machine out of an instance, which holds lines of patients, unmasked values and passwords. What is created is
 * closed by the umask of the launcher; what an earlier version, or somebody's hand, left open is found and closed here.
 */
public final class Confidentiality {

    private static final List<String> FOLDERS =
            List.of("demonstration", "lake", "postgres", "reference", "runs", "secret", "staging", "superset");

    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /** Of a folder such as /tmp, where each account has files of its own. */
    private static final int STICKY = 01000;

    private final InstanceHome home;

    public Confidentiality(InstanceHome home) {
        this.home = new InstanceHome(real(home.root()));
    }

    /**
     * What was done.
     *
     * @param closed number of files and folders
     * @param refused what stays open: it is another account's, or its file system keeps no modes
     */
    public record Tightening(long closed, List<Path> refused) {

        public Tightening {
            refused = List.copyOf(refused);
        }
    }

    /**
     * What is open to other accounts: the home, what lies directly in it, and what lies directly in its folders of passwords and keys. However
     * much the instance holds, that is a few dozen stat calls: everything else lies below a folder that is looked at.
     */
    public List<Path> openings() {
        if (!isInstance()) {
            return List.of();
        }
        List<Path> looked = new ArrayList<>();
        if (isShared()) {
            FOLDERS.forEach(name -> looked.add(home.root().resolve(name)));
        } else {
            looked.add(home.root());
            looked.addAll(children(home.root()));
        }
        Stream.of(home.postgres(), home.secret(), home.superset()).forEach(folder -> looked.addAll(children(folder)));
        return looked.stream().filter(Confidentiality::isOpen).toList();
    }

    /** Closes what {@link #openings()} finds and, below a folder that was open, all that it holds. */
    public Tightening close() {
        Sweep sweep = new Sweep();
        for (Path path : openings()) {
            // The folder first: nobody comes in while what it holds is walked, and one that cannot be closed is not
            // walked.
            if (sweep.close(path) && isWalked(path)) {
                sweep.walk(path);
            }
        }
        return new Tightening(sweep.closed, sweep.refused);
    }

    /** A mistyped --home must not change the modes of a folder that is none of ours. */
    private boolean isInstance() {
        return Files.isDirectory(home.lake()) && Files.isDirectory(home.secret())
                || Files.isDirectory(home.postgres().resolve("donnees"));
    }

    /** Where the home also serves for something else (/tmp, the folder of the account, that of the program), only our own part is ours to close. */
    private boolean isShared() {
        return Stream.of(System.getProperty("user.home"), System.getProperty("vigie.root", "."))
                        .anyMatch(other -> real(Path.of(other)).startsWith(home.root()))
                || isSticky(home.root());
    }

    private static boolean isSticky(Path folder) {
        try {
            return Files.getAttribute(folder, "unix:mode") instanceof Integer mode && (mode & STICKY) != 0;
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /**
     * PostgreSQL minds the modes below its own folder, the packages of Superset are nobody's secret, and what else somebody keeps here is out of
     * reach once the home is closed.
     */
    private boolean isWalked(Path path) {
        boolean isInSuperset = home.superset().equals(path.getParent()) && !path.endsWith("venv");
        boolean isInHome = home.root().equals(path.getParent())
                && FOLDERS.contains(path.getFileName().toString())
                && !path.equals(home.postgres())
                && !path.equals(home.superset());
        return isInSuperset || isInHome;
    }

    private static List<Path> children(Path folder) {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                entries.forEach(children::add);
            } catch (IOException unreadable) {
                // Closed, to this account as well.
            }
        }
        Collections.sort(children);
        return children;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException absent) {
            return path.toAbsolutePath();
        }
    }

    /** A link has no modes of its own, and what it names lies elsewhere. */
    private static boolean isOpen(Path path) {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return !attributes.isSymbolicLink() && !OWNER.containsAll(attributes.permissions());
        } catch (IOException | UnsupportedOperationException unknown) {
            // Deleted meanwhile by a run, or without such modes at all.
            return false;
        }
    }

    /** Closes one thing after the other. */
    private static final class Sweep extends SimpleFileVisitor<Path> {

        private final List<Path> refused = new ArrayList<>();
        private long closed;

        /** Leaves to the owner what the owner had: a program stays one. Says whether it is closed now. */
        boolean close(Path path) {
            if (!isOpen(path)) {
                return true;
            }
            try {
                Set<PosixFilePermission> kept = EnumSet.copyOf(OWNER);
                kept.retainAll(Files.getPosixFilePermissions(path));
                Files.setPosixFilePermissions(path, kept);
            } catch (IOException notOurs) {
                // Found below, like a file system that says yes and does nothing.
            }
            if (isOpen(path)) {
                refused.add(path);
                return false;
            }
            closed++;
            return true;
        }

        void walk(Path folder) {
            try {
                Files.walkFileTree(folder, this);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            close(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            close(file);
            return FileVisitResult.CONTINUE;
        }

        /** Gone meanwhile, or another account's folder. */
        @Override
        public FileVisitResult visitFileFailed(Path path, IOException problem) {
            close(path);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) {
            return FileVisitResult.CONTINUE;
        }
    }
}
