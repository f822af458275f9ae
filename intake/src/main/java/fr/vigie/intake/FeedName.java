package fr.vigie.intake;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The feed that a file's name tells, and its source when the name follows {@code AAAAMMJJ_<source>_<flux>_v1.csv} (contrat.md 2).
 *
 * @param source empty when the name tells none
 */
record FeedName(String feed, String source) {

    private static final Pattern DATED = Pattern.compile("\\d{8}_(.+)_v\\d+", Pattern.CASE_INSENSITIVE);

    /** The longest feed name that fits. */
    static Optional<FeedName> of(InputFile file, Set<String> feeds) {
        String stem = file.stem();
        String written = file.simpleName().substring(0, stem.length());
        Matcher dated = DATED.matcher(stem);
        String best = "";
        String source = "";
        for (String feed : feeds) {
            if (feed.length() <= best.length()) {
                continue;
            }
            if (stem.equals(feed) || stem.startsWith(feed + "-")) {
                best = feed;
                source = "";
            } else if (dated.matches()
                    && dated.group(1).endsWith("_" + feed)
                    && dated.group(1).length() > feed.length() + 1) {
                best = feed;
                source = written.substring(dated.start(1), dated.end(1) - feed.length() - 1);
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(new FeedName(best, source));
    }
}
