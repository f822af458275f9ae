package fr.vigie.verification.oracle;

import java.util.List;

/** The fact {@code creneau}: dedicated slots that were offered and have begun (domaine CAD-03). They are nobody's. */
final class CreneauFacts {

    private final List<SilverRow> slots;
    private final List<SilverRow> honoured;
    private final Person nobody;

    /**
     * @param slots begun before the limit
     * @param honoured rendez-vous of everybody
     * @param nobody of whom nothing is known
     */
    CreneauFacts(List<SilverRow> slots, List<SilverRow> honoured, Person nobody) {
        this.slots = slots;
        this.honoured = honoured;
        this.nobody = nobody;
    }

    List<Fact> creneaux() {
        return slots.stream()
                .map(slot -> FactBuilder.dated("creneau", nobody, slot, "date_heure_debut", slot.text("commune_lieu"))
                        .with("dispositif", slot.text("dispositif_id"))
                        .with("profession", slot.text("profession"))
                        .with("est_occupe", honoured.stream().anyMatch(rendezVous -> names(rendezVous, slot)))
                        .build())
                .toList();
    }

    /** Ids belong to a source; a source that offers no slot of that id names another's. */
    private boolean names(SilverRow rendezVous, SilverRow slot) {
        String id = slot.requiredText("creneau_id");
        if (!id.equals(rendezVous.text("creneau_id"))) {
            return false;
        }
        String source = rendezVous.requiredText("source");
        return source.equals(slot.text("source"))
                || slots.stream()
                        .noneMatch(other -> id.equals(other.text("creneau_id")) && source.equals(other.text("source")));
    }
}
