package fr.vigie.intake;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Expands the paths given into the files of rows that they hold, in a fixed order: folders in depth, archives entry by entry.
 *
 * @param files what can be read
 * @param refused what cannot
 * @param manifests the manifests found beside the files
 * @param sent those of them that came in a folder or an archive, and not only beside a file given by its own path
 */
record Inbox(List<InputFile> files, List<Refused> refused, List<InputFile> manifests, List<InputFile> sent) {

    /** A path or an archive that cannot be entered, as displayed. */
    record Refused(String displayName, Refusal refusal) {}

    /** @param isNamed whether a file whose extension says nothing is named as one that is awaited */
    static Inbox of(List<Path> paths, Limits limits, Predicate<InputFile> isNamed) {
        Inbox inbox = new Inbox(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Set<Path> looked = new HashSet<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                inbox.addFolder(path, limits, isNamed);
            } else if (Files.isRegularFile(path)) {
                inbox.addFile(String.valueOf(path.getFileName()), path, limits, file -> true);
                // Once a folder: where files are left for years it is long to list, and a day gives fifty of them.
                Path beside = path.toAbsolutePath().getParent();
                if (beside != null && looked.add(beside)) {
                    inbox.addManifestsBeside(beside, limits);
                }
            } else {
                inbox.refused.add(new Refused(
                        path.toString(),
                        new Refusal("FICHIER_INTROUVABLE", "Fichier introuvable\u00a0: vérifiez le chemin donné.")));
            }
        }
        return inbox;
    }

    /** Through links: what somebody linked into the folder is meant to be read. What cannot be entered is told, and the rest is taken. */
    private void addFolder(Path folder, Limits limits, Predicate<InputFile> isNamed) {
        List<Path> inside = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                            inside.add(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path path, IOException problem) {
                            refuse(folder, path, problem);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException problem) {
            refuse(folder, folder, problem);
        }
        inside.sort(Comparator.comparing(path -> relative(folder, path)));
        for (Path file : inside) {
            String name = relative(folder, file);
            if (!isHidden(name)) {
                addFile(name, file, limits, isNamed);
            }
        }
    }

    private void refuse(Path folder, Path path, IOException problem) {
        String name = path.equals(folder) ? String.valueOf(folder.getFileName()) : relative(folder, path);
        if (isHidden(name)) {
            return;
        }
        refused.add(new Refused(
                name,
                new Refusal(
                        "DOSSIER_ILLISIBLE",
                        problem instanceof FileSystemLoopException
                                ? "Ce lien mène à un dossier qui le contient\u00a0: retirez-le."
                                : "Dossier illisible\u00a0: vérifiez les droits de lecture.")));
    }

    /** A file given by its own path may have any name; in a folder, what holds no rows nor is awaited is somebody else's. */
    private void addFile(String name, Path file, Limits limits, Predicate<InputFile> isNamed) {
        String lower = name.toLowerCase(Locale.ROOT);
        InputFile input = new InputFile(name, file, null, limits);
        boolean isArchive = lower.endsWith(".zip");
        boolean isManifest = Manifest.isManifestName(lower);
        if (!isArchive && !isManifest && !holdsRows(lower) && !isNamed.test(input)) {
            return;
        }
        if (!Files.isRegularFile(file)) {
            refused.add(
                    new Refused(
                            name,
                            new Refusal(
                                    "FICHIER_INTROUVABLE",
                                    "Ce n’est pas un fichier, ou le lien ne mène plus à rien\u00a0: mettez le fichier à cette place.")));
        } else if (isArchive) {
            addArchive(name, file, limits, isNamed);
        } else if (isManifest) {
            manifests.add(input);
            sent.add(input);
        } else {
            files.add(input);
        }
    }

    private void addManifestsBeside(Path folder, Limits limits) {
        try (Stream<Path> beside = Files.list(folder)) {
            beside.filter(Files::isRegularFile)
                    .filter(path -> Manifest.isManifestName(
                            String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT)))
                    .sorted()
                    .forEach(path ->
                            manifests.add(new InputFile(String.valueOf(path.getFileName()), path, null, limits)));
        } catch (IOException unreadable) {
            // The files themselves can be read: they are taken without the manifests that nobody may list.
            return;
        }
    }

    private void addArchive(String name, Path file, Limits limits, Predicate<InputFile> isNamed) {
        List<InputFile> entries = new ArrayList<>();
        List<InputFile> described = new ArrayList<>();
        try (ZipFile zip = InputFile.openZip(file)) {
            long declared = 0;
            int count = 0;
            Enumeration<? extends ZipEntry> all = zip.entries();
            while (all.hasMoreElements()) {
                ZipEntry entry = all.nextElement();
                declared += Math.max(0, entry.getSize());
                count++;
                checkEntry(entry, declared, count, limits);
                String lower = entry.getName().toLowerCase(Locale.ROOT);
                if (entry.isDirectory() || isHidden(entry.getName())) {
                    continue;
                }
                InputFile input = new InputFile(name + "!/" + entry.getName(), file, entry.getName(), limits);
                if (Manifest.isManifestName(lower)) {
                    described.add(input);
                } else if (holdsRows(lower) || isNamed.test(input)) {
                    entries.add(input);
                }
            }
        } catch (Refusal refusal) {
            refused.add(new Refused(name, refusal));
            return;
        } catch (IOException problem) {
            refused.add(new Refused(
                    name, new Refusal("ARCHIVE_ILLISIBLE", "Archive zip illisible ou endommagée\u00a0: renvoyez-la.")));
            return;
        }
        if (entries.isEmpty()) {
            refused.add(new Refused(
                    name, new Refusal("ARCHIVE_SANS_CSV", "L’archive ne contient ni fichier CSV ni classeur.")));
            return;
        }
        entries.sort(Comparator.comparing(InputFile::displayName));
        files.addAll(entries);
        manifests.addAll(described);
        sent.addAll(described);
    }

    private static void checkEntry(ZipEntry entry, long declared, int count, Limits limits) throws Refusal {
        String name = entry.getName();
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || List.of(name.split("/")).contains("..")) {
            throw new Refusal(
                    "ZIP_DANGEREUX",
                    "Archive refusée\u00a0: une entrée sort du dossier de l’archive (chemin absolu ou «\u00a0..\u00a0»).");
        }
        if (lower.endsWith(".zip") || lower.endsWith(".7z") || lower.endsWith(".rar") || lower.endsWith(".tar")) {
            throw new Refusal(
                    "ZIP_DANGEREUX",
                    "Archive refusée\u00a0: elle contient une autre archive\u202f; déposez les fichiers à plat.");
        }
        if (count > limits.entries() || declared > limits.totalBytes() || entry.getSize() > limits.fileBytes()) {
            throw new Refusal(
                    "ZIP_DANGEREUX", "Archive refusée\u00a0: trop d’entrées ou taille décompressée trop grande.");
        }
        if (entry.getSize() > limits.ratioFromBytes()
                && entry.getSize() / Math.max(1, entry.getCompressedSize()) > limits.ratio()) {
            throw new Refusal(
                    "ZIP_DANGEREUX", "Archive refusée\u00a0: taux de compression anormal (bombe de décompression).");
        }
    }

    /** What holds rows, old workbooks too: that they cannot be read is to be said. */
    private static final Pattern ROWS = Pattern.compile(".*\\.(?:csv|tsv|xlsx|xlsm|xlsb|xls|ods)(?:\\.gz)?");

    private static boolean holdsRows(String lower) {
        return ROWS.matcher(lower).matches();
    }

    private static boolean isHidden(String name) {
        for (String part : name.split("/")) {
            if (part.startsWith(".") || part.startsWith("~$") || part.equals("__MACOSX")) {
                return true;
            }
        }
        return false;
    }

    private static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
