package fr.vigie.schema;

import java.util.Map;
import java.util.TreeMap;

/** Which région each département is of, as the communes of the référentiel say. */
public final class Regions {

    private Regions() {}

    /** The code of the région by that of the département. */
    public static Map<String, String> byDepartement() {
        Map<String, String> regions = new TreeMap<>();
        ReferenceRows.of("communes").forEach(commune -> regions.put(commune.get(2), commune.get(3)));
        return regions;
    }
}
