package fr.vigie.pipelines;

import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.Fingerprint;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What a silver table is made from: this program, the contract of the feed, and the deliveries that count. Taken from their content, so that
 * nobody has a number to raise: a table made by another build is made again, which costs one long run after an upgrade.
 *
 * @param method digits that change with the program or the contract
 * @param deliveries digits that change with the deliveries, or with what is known of one
 */
record Recipe(String method, String deliveries) {

    private static final String PROGRAM = Fingerprint.ofProgram(Recipe.class, "");

    static Recipe of(FeedContract contract, List<Delivery> counting) {
        List<String> method = new ArrayList<>();
        method.add(PROGRAM);
        method.add("key " + contract.key() + " " + contract.factDate());
        for (FeedColumn column : contract.columns()) {
            method.add(column.storedNames() + " " + column.type() + " "
                    + column.type().silverType());
        }
        return new Recipe(
                Fingerprint.of(method),
                Fingerprint.of(counting.stream().map(Recipe::told).toList()));
    }

    private static String told(Delivery delivery) {
        return delivery.id() + ":" + delivery.source() + ":" + delivery.rank() + ":"
                + delivery.completeUntil().map(LocalDate::toString).orElse("") + ":" + delivery.replaced();
    }

    /** As it stands in the mark beside the table. */
    String text() {
        return method + "\n" + deliveries;
    }

    /** Whether a mark says that this program made the table, of these columns. */
    boolean isMethodOf(String mark) {
        return mark.startsWith(method + "\n");
    }
}
