/**
 * Owns what people look at: published rows become French sentences, tables, charts, a workbook and pages that need nothing but a browser.
 * Refuses to compute a value, to decide a verdict or to lift a mask: it shows what was published, and shows nothing where nothing was.
 */
@NullMarked
package fr.vigie.dashboards;

import org.jspecify.annotations.NullMarked;
