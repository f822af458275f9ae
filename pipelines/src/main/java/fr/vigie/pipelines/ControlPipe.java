package fr.vigie.pipelines;

import java.io.IOException;

/**
 * The pipe that the control keeps open on the worker's standard input. When it closes the control is gone, its database lock is free, and an
 * orphaned worker would be a second writer: it ends at once.
 */
final class ControlPipe {

    private static final int ORPHANED = 70;

    private ControlPipe() {}

    static void endWhenItCloses() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Nothing is ever said on this pipe: only its end matters.
                        }
                    } catch (IOException closed) {
                        // A broken pipe says the same as its end.
                    }
                    Runtime.getRuntime().halt(ORPHANED);
                },
                "control-pipe");
        watch.setDaemon(true);
        watch.start();
    }
}
