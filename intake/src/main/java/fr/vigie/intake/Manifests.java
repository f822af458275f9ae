package fr.vigie.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The manifests found, by the folder that they speak for: a file finds its own without looking at those of all the others. */
final class Manifests {

    private static final Pattern SUFFIX = Pattern.compile("\\.manifeste?\\.(?:yaml|yml|json)$");

    /**
     * Those of one folder.
     *
     * @param own by the name of the file that they describe, in lower case
     * @param shared named after no file
     */
    private record Folder(Map<String, InputFile> own, List<InputFile> shared) {}

    private final Map<String, Folder> folders = new HashMap<>();

    Manifests(List<InputFile> found) {
        for (InputFile manifest : found) {
            Folder folder =
                    folders.computeIfAbsent(manifest.folder(), none -> new Folder(new HashMap<>(), new ArrayList<>()));
            String written = manifest.simpleName().toLowerCase(Locale.ROOT);
            String named = SUFFIX.matcher(written).replaceFirst("");
            if (named.equals(written)) {
                folder.shared.add(manifest);
            } else {
                folder.own.putIfAbsent(named, manifest);
            }
        }
    }

    /**
     * The manifest of a file: its own ({@code x.csv.manifeste.yaml}), else the one of its folder that names it, else the one of its folder
     * that names no file.
     *
     * @throws Refusal when that manifest cannot be read: what it says may not be guessed
     */
    Manifest of(InputFile file) throws Refusal {
        Folder folder = folders.get(file.folder());
        if (folder == null) {
            return Manifest.NONE;
        }
        String name = file.simpleName().toLowerCase(Locale.ROOT);
        InputFile own = folder.own.get(name);
        if (own != null) {
            return Manifest.read(own);
        }
        Manifest shared = Manifest.NONE;
        Optional<Manifest> naming = Optional.empty();
        for (InputFile candidate : folder.shared) {
            Optional<String> target = Manifest.target(candidate);
            if (target.isEmpty()) {
                shared = Manifest.read(candidate);
            } else if (target.get().equalsIgnoreCase(name)) {
                naming = Optional.of(Manifest.read(candidate));
            }
        }
        return naming.orElse(shared);
    }

    /** The file that a manifest of this folder describes; none for one that describes them all. */
    static Optional<String> described(InputFile manifest) throws Refusal {
        String written = manifest.simpleName();
        String named = SUFFIX.matcher(written.toLowerCase(Locale.ROOT)).replaceFirst("");
        return named.length() == written.length()
                ? Manifest.target(manifest)
                : Optional.of(written.substring(0, named.length()));
    }
}
