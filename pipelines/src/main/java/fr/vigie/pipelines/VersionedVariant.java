package fr.vigie.pipelines;

import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Variant;

/** What is counted: a variant, as one version of its indicator says it. */
record VersionedVariant(Definition definition, Variant variant) {

    Measure measure() {
        return variant.measure();
    }
}
