package fr.vigie.verification.deliveries;

import java.nio.file.Path;
import java.util.Set;

/** Where worlds are sent: what it says of files is {@code name;lues;gardees;rejetees;statut}. */
interface Store extends AutoCloseable {

    /** Takes a folder; gives what it says of each of its files. */
    Set<String> load(Path sent) throws Exception;

    void withdraw(String archive) throws Exception;

    /** Computes, which must change nothing of what is compared. */
    void refresh() throws Exception;

    Path lake();

    /** What it says of every file, then {@code ;complet_jusqu_au}. */
    Set<String> ledger() throws Exception;

    /** Rejected lines: {@code name;line}. */
    Set<String> rejected() throws Exception;

    @Override
    void close() throws Exception;
}
