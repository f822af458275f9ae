package fr.vigie.dashboards;

import java.util.List;

/**
 * By what an indicator is told apart on the page, beside its territories.
 *
 * @param dimension as in the published {@code ventilation}: {@code age}, {@code pathologie}, {@code regle}
 * @param words what follows the code of the indicator in titles: {@code par âge}
 * @param header names the column of the values of the dimension
 * @param isMultivalued whether a case may stand in several rows, so that they do not add up to the whole
 * @param modalities in the order of the page; a value that is not among them comes after, under its code
 */
public record Breakdown(
        String dimension, String words, String header, boolean isMultivalued, List<Modality> modalities) {

    /** One value of the dimension. */
    public record Modality(String code, String label) {}

    public Breakdown {
        modalities = List.copyOf(modalities);
    }

    String label(String code) {
        return modalities.stream()
                .filter(modality -> modality.code().equals(code))
                .findFirst()
                .map(Modality::label)
                .orElse(code);
    }

    int rank(String code) {
        for (int index = 0; index < modalities.size(); index++) {
            if (modalities.get(index).code().equals(code)) {
                return index;
            }
        }
        return modalities.size();
    }
}
