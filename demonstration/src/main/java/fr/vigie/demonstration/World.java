package fr.vigie.demonstration;

/** What all the patients share. */
record World(
        DemonstrationParameters parameters, Territoire territoire, Professionnels professionnels, FeedFiles files) {}
