package fr.vigie.pipelines;

import fr.vigie.schema.WorkerResult;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Tells the control, step by step, where the run is. */
final class Progress {

    private final PrintStream out;
    private int done;
    private int total;

    private Progress(PrintStream out) {
        this.out = out;
    }

    static Progress toStandardOutput() {
        return new Progress(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    static Progress silent() {
        return new Progress(new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    void expect(int steps) {
        total += steps;
    }

    void step(String label) {
        out.println(WorkerResult.PROGRESS + "\t" + done + "\t" + total + "\t" + label);
        done++;
    }
}
