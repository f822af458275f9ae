package fr.vigie.batch.superset;

import fr.vigie.schema.AccessAccount;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A person's account.
 *
 * @param login its role of PostgreSQL
 * @param until its last day, Paris
 */
public record Reader(String name, String login, AccessAccount account, Optional<LocalDate> until) {}
