package fr.vigie.indicators;

import fr.vigie.schema.GoldTable;
import fr.vigie.schema.YamlNode;
import java.util.Set;
import java.util.TreeSet;

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

    /** Where a feed that a fact is made of was never received, or is late, there is nothing to count: it may not read as 0. */
    static void checkMake(GoldTable fact, YamlNode feeds) {
        for (String feed : fact.feeds()) {
            if (!feeds.texts().contains(feed)) {
                feeds.problem("le fait « " + fact.name() + " » vient du flux « " + feed
                        + " », à nommer ici : sans lui, rien ne se compte");
            }
        }
    }

    /**
     * With those that its conditions read, named or not: never received, what such a feed tells is unknown of everybody, and a condition on it
     * decides of nobody.
     */
    FeedNames reading(Set<String> told) {
        Set<String> needed = new TreeSet<>(feeds);
        needed.addAll(told);
        Set<String> risks = new TreeSet<>(riskFeeds);
        risks.removeAll(needed);
        return new FeedNames(Set.copyOf(needed), Set.copyOf(risks));
    }
}
