package fr.vigie.dashboards;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The colours of every page. The marks of the charts are those of Okabe and Ito, which stay apart for the colour-blind; texts take darker
 * shades of them, since the originals are too pale to be read.
 */
enum Palette {
    INK("#1b2530"),
    MUTED("#4f5b66"),
    PAPER("#f7f6f2"),
    SURFACE("#ffffff"),
    RULE("#d9dce0"),
    LINK("#005b8f"),
    SERIES("#0072b2"),
    BAND("#cfe3f1"),
    TARGET("#d55e00"),
    TARGET_TEXT("#9c4300"),
    MET_TEXT("#005c43"),
    MET_FILL("#e2f3ec"),
    MISSED_TEXT("#8a3a00"),
    MISSED_FILL("#fcebdf"),
    NEUTRAL_TEXT("#3f4a54"),
    NEUTRAL_FILL("#eceef0"),
    CLASS_1("#e6f0f8"),
    CLASS_2("#c0daed"),
    CLASS_3("#94c0e0"),
    CLASS_4("#69a6d3");

    /** A text on its background. */
    record TextPair(Palette text, Palette background) {}

    private final String hex;

    Palette(String hex) {
        this.hex = hex;
    }

    String hex() {
        return hex;
    }

    /** Every pair that the style sheet uses for text. */
    static List<TextPair> textPairs() {
        return List.of(
                new TextPair(INK, PAPER),
                new TextPair(INK, SURFACE),
                new TextPair(INK, CLASS_1),
                new TextPair(INK, CLASS_2),
                new TextPair(INK, CLASS_3),
                new TextPair(INK, CLASS_4),
                new TextPair(INK, NEUTRAL_FILL),
                new TextPair(MUTED, PAPER),
                new TextPair(MUTED, SURFACE),
                new TextPair(LINK, PAPER),
                new TextPair(LINK, SURFACE),
                new TextPair(SURFACE, INK),
                new TextPair(TARGET_TEXT, SURFACE),
                new TextPair(MET_TEXT, MET_FILL),
                new TextPair(MISSED_TEXT, MISSED_FILL),
                new TextPair(NEUTRAL_TEXT, NEUTRAL_FILL));
    }

    /** Marks that carry meaning in a chart, on the background of a chart. */
    static List<TextPair> markPairs() {
        return List.of(
                new TextPair(SERIES, SURFACE),
                new TextPair(SERIES, BAND),
                new TextPair(TARGET, SURFACE),
                new TextPair(MUTED, SURFACE));
    }

    /** The custom properties that the style sheet is written with. */
    static String customProperties() {
        return Arrays.stream(values())
                .map(colour -> "--" + colour.name().toLowerCase(Locale.ROOT).replace('_', '-') + ":" + colour.hex)
                .collect(Collectors.joining(";", ":root{", "}"));
    }
}
