package fr.vigie.batch.jobs;

/** Hears how far a run has come, to tell the person who waits. */
public interface RunListener {

    void reading(String file, String feed, long lines);

    void computing(int done, int total, String label);
}
