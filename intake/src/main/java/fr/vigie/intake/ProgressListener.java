package fr.vigie.intake;

/** Hears how far the reading has come. */
@FunctionalInterface
public interface ProgressListener {

    /** @param lines read so far of this file for this feed */
    void read(String displayName, String feed, long lines);

    ProgressListener SILENT = (displayName, feed, lines) -> {};
}
