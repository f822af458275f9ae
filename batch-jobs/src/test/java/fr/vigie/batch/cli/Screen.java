package fr.vigie.batch.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What one command, run in this process, prints for programs and says to people. */
record Screen(int code, String out, String err) {

    static Screen of(String... arguments) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int code = Vigie.execute(arguments);
            return new Screen(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    /** The same on an instance and a database. */
    static Screen on(Path home, String database, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 4);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home.toString();
        all[arguments.length + 2] = "--database";
        all[arguments.length + 3] = database;
        return of(all);
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
