package fr.vigie.batch.cli;

import fr.vigie.batch.jobs.RunListener;
import java.io.PrintStream;

/** What is said to people while they wait, on standard error: a bar on a terminal, a line per step otherwise. */
final class Console implements RunListener {

    private static final int BAR = 24;

    private final PrintStream err;
    private final boolean isTerminal;
    private String lastFile = "";

    Console(PrintStream err) {
        this.err = err;
        this.isTerminal = "1".equals(System.getenv("VIGIE_TERMINAL"));
    }

    void say(String sentence) {
        if (isTerminal) {
            err.print("\r\u001b[K");
        }
        err.println(sentence);
    }

    @Override
    public void reading(String file, String feed, long lines) {
        if (isTerminal) {
            err.print("\r\u001b[Klecture de " + file + " (" + feed + ")\u202f: " + lines + " lignes");
        } else if (!lastFile.equals(file + feed)) {
            lastFile = file + feed;
            err.println("lecture\u00a0: " + file + " → " + feed);
        }
    }

    @Override
    public void computing(int done, int total, String label) {
        if (isTerminal) {
            int filled = BAR * done / total;
            err.print("\r\u001b[K[" + "█".repeat(filled) + "·".repeat(BAR - filled) + "] " + label);
        } else {
            err.println("étape " + (done + 1) + "/" + total + "\u00a0: " + label);
        }
    }

    void done() {
        if (isTerminal) {
            err.print("\r\u001b[K");
        }
    }
}
