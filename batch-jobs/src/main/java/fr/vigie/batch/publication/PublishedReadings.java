package fr.vigie.batch.publication;

import fr.vigie.batch.publication.PublicationReader.Described;
import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Variant;
import fr.vigie.schema.Resources;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What each reading of a publication is, in words, for those who read it without the definitions at hand. */
final class PublishedReadings {

    private PublishedReadings() {}

    static void describe(Connection connection, int number, Catalogue catalogue) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement(Resources.text("sql/publication/sans_lectures.sql"))) {
            delete.setInt(1, number);
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(Resources.text("sql/publication/lecture.sql"))) {
            for (Definition definition : catalogue.definitions()) {
                for (Variant variant : catalogue.variants(definition.code())) {
                    Described told = Described.of(definition, variant);
                    insert.setInt(1, number);
                    insert.setString(2, variant.key());
                    insert.setString(3, definition.code());
                    insert.setString(4, told.reading());
                    insert.setString(5, told.label());
                    insert.setString(6, told.question());
                    insert.setString(7, told.source());
                    insert.setString(8, definition.direction());
                    insert.setString(9, unit(variant.measure()));
                    insert.setString(10, told.unit());
                    insert.setString(11, String.join("\n", told.parameters()));
                    insert.setString(12, told.target());
                    insert.setString(13, told.attribution());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private static String unit(Measure measure) {
        if (measure instanceof Measure.Delay delay) {
            return delay.clock() == Measure.Clock.SECONDS ? "h" : "j";
        }
        return measure instanceof Measure.Count ? "" : "%";
    }
}
