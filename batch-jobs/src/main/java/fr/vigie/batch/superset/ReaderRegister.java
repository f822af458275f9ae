package fr.vigie.batch.superset;

import fr.vigie.schema.AccessAccount;
import fr.vigie.schema.AccessPolicy;
import fr.vigie.schema.Resources;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The accounts of readers, as {@code registre.compte} keeps them; case does not tell two names apart. */
public final class ReaderRegister {

    private final AccessPolicy policy;

    public ReaderRegister(AccessPolicy policy) {
        this.policy = policy;
    }

    /** By name. */
    public List<Reader> all(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(Resources.text("sql/acces/comptes.sql"))) {
            return readers(rows);
        }
    }

    Optional<Reader> named(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Resources.text("sql/acces/compte.sql"))) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return readers(rows).stream().findFirst();
            }
        }
    }

    void save(Connection connection, Reader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Resources.text("sql/acces/compte_garde.sql"))) {
            statement.setString(1, reader.name());
            statement.setString(2, reader.login());
            statement.setString(3, reader.account().role().code());
            statement.setString(4, reader.account().territoryType());
            statement.setString(5, reader.account().territoryCode());
            statement.setObject(6, reader.until().orElse(null));
            statement.executeUpdate();
        }
    }

    void remove(Connection connection, Reader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Resources.text("sql/acces/compte_oublie.sql"))) {
            statement.setString(1, reader.login());
            statement.executeUpdate();
        }
    }

    /**
     * For whom an account answered before each had a login: its role of Superset was also one of PostgreSQL, whose rights say it.
     *
     * @param formerRole {@code vigie_role_dac_34}
     */
    Optional<AccessAccount> former(Connection connection, String formerRole) throws SQLException {
        Optional<AccessPolicy.Role> role = policy.roles().values().stream()
                .filter(one -> formerRole.equals("vigie_role_" + one.code())
                        || formerRole.startsWith("vigie_role_" + one.code() + "_"))
                .findFirst();
        if (role.isEmpty()) {
            return Optional.empty();
        }
        try (PreparedStatement statement = connection.prepareStatement(Resources.text("sql/acces/ancien_role.sql"))) {
            statement.setString(1, formerRole);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new AccessAccount(role.get(), rows.getString(1), rows.getString(2)))
                        : Optional.empty();
            }
        }
    }

    private List<Reader> readers(ResultSet rows) throws SQLException {
        List<Reader> readers = new ArrayList<>();
        while (rows.next()) {
            readers.add(new Reader(
                    rows.getString(1),
                    rows.getString(2),
                    new AccessAccount(policy.role(rows.getString(3)), rows.getString(4), rows.getString(5)),
                    Optional.ofNullable(rows.getObject(6, LocalDate.class))));
        }
        return readers;
    }
}
