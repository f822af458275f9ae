package fr.vigie.indicators;

import fr.vigie.schema.YamlNode;
import java.util.Set;

/**
 * The feeds that a definition or a rule names: those that it needs, and those that it reads only for its risks.
 */
record FeedNames(Set<String> feeds, Set<String> riskFeeds) {

    static FeedNames of(YamlNode node, Set<String> known) {
        for (String key : new String[] {"feeds", "risk_feeds"}) {
            for (YamlNode feed : node.at(key).list()) {
                if (!known.contains(feed.text())) {
                    feed.problem("flux inconnu « " + feed.text() + " » (connus : " + String.join(", ", known) + ")");
                }
            }
        }
        Set<String> needed = Set.copyOf(node.at("feeds").texts());
        for (YamlNode feed : node.at("risk_feeds").list()) {
            if (needed.contains(feed.text())) {
                feed.problem("« " + feed.text() + " » est déjà un flux nécessaire (feeds)");
            }
        }
        return new FeedNames(needed, Set.copyOf(node.at("risk_feeds").texts()));
    }
}
