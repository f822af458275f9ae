package fr.vigie.batch.jobs;

/** Hears how far a run has come, to tell the person who waits. */
public interface RunListener {

    void reading(String file, String feed, long lines);

    /**
     * A step begins.
     *
     * @param done steps before it, from 0
     * @param total steps of the run, the same from the first to the last
     */
    void computing(int done, int total, String label);
}
