package fr.vigie.intake;

/** Where the vault keeps what a pseudonym stands for. */
@FunctionalInterface
public interface VaultWriter {

    /**
     * Keeps an identifier, already encrypted; called only for files that are not refused. The same pseudonym and source may come again: the
     * first one stands.
     *
     * @param pseudonym 32 hexadecimal digits
     * @param source the source of the line; empty when it names none
     * @param sealed what {@link VaultCipher#open} opens
     */
    void keep(String pseudonym, String source, String sealed);
}
