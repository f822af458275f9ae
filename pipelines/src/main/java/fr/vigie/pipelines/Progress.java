package fr.vigie.pipelines;

import fr.vigie.schema.WorkerResult;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Tells the control, step by step, where the run is: of how many steps is known before the first one. */
final class Progress {

    private final PrintStream out;
    private int done;
    private int total;

    private Progress(PrintStream out) {
        this.out = out;
    }

    static Progress toStandardOutput() {
        return to(System.out);
    }

    static Progress silent() {
        return to(OutputStream.nullOutputStream());
    }

    static Progress to(OutputStream out) {
        return new Progress(new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    void plan(int steps) {
        total = steps;
    }

    void step(String label) {
        out.println(WorkerResult.PROGRESS + "\t" + done + "\t" + total + "\t" + label);
        done++;
    }
}
