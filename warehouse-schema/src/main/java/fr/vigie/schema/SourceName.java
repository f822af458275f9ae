package fr.vigie.schema;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The one form of the name of a source: upper case, spaces trimmed and single. Names that differ by their case only are one source, whoever
 * writes them: a file, a manifest, an option, a line.
 */
public final class SourceName {

    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u202f]+");

    private SourceName() {}

    /** Empty for a source that is not named. */
    public static String of(String written) {
        return SPACES.matcher(written).replaceAll(" ").strip().toUpperCase(Locale.ROOT);
    }
}
