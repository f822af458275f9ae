package fr.vigie.dashboards;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A whole page of invented values, the same at each run. Its main writes the page, to be looked at. */
final class SampleContent {

    private static final List<String> QUARTERS =
            List.of("2024-T1", "2024-T2", "2024-T3", "2024-T4", "2025-T1", "2025-T2", "2025-T3", "2025-T4", "2026-T1");
    private static final List<String> DEPARTEMENTS = List.of(
            "09 Ariège",
            "11 Aude",
            "12 Aveyron",
            "30 Gard",
            "31 Haute-Garonne",
            "32 Gers",
            "34 Hérault",
            "46 Lot",
            "48 Lozère",
            "65 Hautes-Pyrénées",
            "66 Pyrénées-Orientales",
            "81 Tarn",
            "82 Tarn-et-Garonne");

    private final List<ValueRow> rows = new ArrayList<>();
    private final Random random = new Random(7);

    private SampleContent() {}

    public static void main(String[] arguments) throws IOException {
        Path page = Path.of(arguments[0]);
        Files.writeString(page, DemonstrationPage.render(content()));
    }

    static DemonstrationContent content() {
        return new SampleContent().build();
    }

    private DemonstrationContent build() {
        proportions("CAD-01", 0.57, 150, "> 60");
        for (String reading : List.of("B", "C", "borne-stricte", "age-strict", "strict", "risque-echec")) {
            proportion(
                    "CAD-01/" + reading, "ENSEMBLE", "ENSEMBLE", "Ensemble", "2025-T4", share(0.60, 140), 140, "> 60");
        }
        delays("CAD-02", 40, null);
        proportions("CAD-04", 0.065, 900, null);
        proportions("HOS-01", 0.14, 700, null);
        proportion("HOS-01/7j", "ENSEMBLE", "ENSEMBLE", "Ensemble", "2025-T4", 29, 700, null);
        told("HOS-01/sorties", "2025-T4", "", 700, null, "700");
        proportions("MT-01", 0.11, 4200, null);
        delays("ORI-03", 5, "<= 7");
        told("MT-01", "2025-T4", "age=85+", 3, 60L, "5.0");
        told("MT-01", "2025-T4", "age=65-74", 12, 80L, "15.0");
        told("MT-01", "2025-T4", "age=65-74|sexe=F", 7, 40L, "17.5");
        told("RUP-00", "2025-T3", "", 50, null, "50");
        told("RUP-00", "2025-T4", "", 61, null, "61");
        told("RUP-00", "2025-T3", "regle=RUP-01", 50, null, "50");
        told("RUP-00", "2025-T4", "regle=RUP-03", 21, null, "21");
        told("RUP-00", "2025-T4", "regle=RUP-01", 40, null, "40");
        row(
                "ORI-03/acces",
                "ENSEMBLE",
                "ENSEMBLE",
                "Ensemble",
                "2025-T4",
                180L,
                300L,
                "21",
                null,
                "SANS_CIBLE",
                "PUBLIE");
        return new DemonstrationContent(
                new PublicationStamp(3, LocalDateTime.of(2026, 2, 28, 23, 59), "9f3a1c77d20be4518a66"),
                sections(),
                rows,
                Map.of(
                        "MT-01",
                                new Breakdown(
                                        "age",
                                        "par âge",
                                        "Âge",
                                        false,
                                        List.of(
                                                new Breakdown.Modality("65-74", "65–74 ans"),
                                                new Breakdown.Modality("85+", "85 ans et plus"))),
                        "RUP-00",
                                new Breakdown(
                                        "regle",
                                        "par règle",
                                        "Règle",
                                        false,
                                        List.of(
                                                new Breakdown.Modality("RUP-01", "RUP-01 Sortie sans suivi"),
                                                new Breakdown.Modality("RUP-03", "RUP-03 Orientation sans réponse")))),
                List.of(
                        funnel("FAITS", "", 1000),
                        funnel("HORS_POPULATION", "âge", 500),
                        funnel("HORS_POPULATION", "a un médecin traitant", 300),
                        funnel("EN_COURS", "", 20),
                        funnel("EXCLU", "décès", 20),
                        funnel("INDETERMINE", "", 4),
                        funnel("DENOMINATEUR", "", 160),
                        funnel("NUMERATEUR", "", 100)),
                List.of(
                        new FeedQuality("rendez_vous", 48210, 48102, 108, 417, LocalDate.of(2026, 2, 28)),
                        new FeedQuality("patients", 12000, 11988, 12, 96, LocalDate.of(2026, 3, 1)),
                        new FeedQuality("communes", 4453, 4453, 0, 0, null)),
                List.of(
                        new RejectCount(
                                "RDV_DOUBLE_SOURCE", "A", "Le même rendez-vous est connu de deux sources.", 317),
                        new RejectCount("DATE_FUTURE", "E", "La date suit la date de complétude du fichier.", 41)));
    }

    private static FunnelCount funnel(String step, String reason, long count) {
        return new FunnelCount("CAD-01", "2026", step, reason, count);
    }

    private void told(String code, String period, String detail, long num, @Nullable Long den, String value) {
        rows.add(new ValueRow(
                code,
                1,
                "ENSEMBLE",
                "ENSEMBLE",
                "Ensemble",
                period,
                detail,
                num,
                den,
                new BigDecimal(value),
                null,
                null,
                null,
                "SANS_CIBLE",
                "PUBLIE",
                3));
    }

    private void proportions(String code, double share, int yearly, @Nullable String target) {
        for (String quarter : QUARTERS) {
            boolean isRunning = quarter.equals("2026-T1");
            int den = yearly * 13 + random.nextInt(yearly);
            long num = share(share, den);
            row(
                    code,
                    "ENSEMBLE",
                    "ENSEMBLE",
                    "Ensemble",
                    quarter,
                    num,
                    (long) den,
                    percents(num, den),
                    target,
                    verdict(num, den, target),
                    isRunning ? "EN_COURS" : "PUBLIE");
        }
        proportion(code, "REGION", "76", "Occitanie", "2025-T4", share(share, yearly * 12), yearly * 12, target);
        for (String departement : DEPARTEMENTS) {
            String number = departement.substring(0, 2);
            int den = number.equals("48") ? 7 : yearly / 4 + random.nextInt(yearly * 2);
            if (number.equals("09")) {
                row(
                        code,
                        "DEPARTEMENT",
                        number,
                        departement.substring(3),
                        "2025-T4",
                        null,
                        null,
                        null,
                        target,
                        "SANS_OBJET",
                        "S11");
            } else {
                proportion(
                        code,
                        "DEPARTEMENT",
                        number,
                        departement.substring(3),
                        "2025-T4",
                        share(share, den),
                        den,
                        target);
            }
        }
        proportion(code, "CPTS", "340012345", "CPTS de l’Écusson", "2025-T4", 12, 22, target);
        proportion(code, "CPTS", "340012346", "CPTS Eaux & <b>garrigues</b>", "2025-T4", 3, 8, target);
        row(code, "CPTS", "340012347", "CPTS Zone vide", "2025-T4", null, null, null, target, "SANS_OBJET", "SO");
    }

    private void delays(String code, double median, @Nullable String target) {
        for (String quarter : QUARTERS) {
            double value = median * (0.8 + random.nextDouble() * 0.4);
            row(
                    code,
                    "ENSEMBLE",
                    "ENSEMBLE",
                    "Ensemble",
                    quarter,
                    410L,
                    560L,
                    decimal(value),
                    target,
                    target == null ? "SANS_CIBLE" : "ATTEINTE",
                    "PUBLIE");
        }
        for (String departement : DEPARTEMENTS) {
            String value = departement.startsWith("46") ? null : decimal(median * (0.6 + random.nextDouble() * 0.8));
            row(
                    code,
                    "DEPARTEMENT",
                    departement.substring(0, 2),
                    departement.substring(3),
                    "2026-T1",
                    20L,
                    41L,
                    value,
                    target,
                    target == null ? "SANS_CIBLE" : "ATTEINTE",
                    "PUBLIE");
        }
    }

    private static String decimal(double value) {
        return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP).toPlainString();
    }

    private long share(double share, int den) {
        return Math.round(den * Math.max(0, share + (random.nextDouble() - 0.5) * 0.3 * Math.min(share, 1 - share)));
    }

    private void proportion(
            String code,
            String type,
            String territory,
            String name,
            String period,
            long num,
            int den,
            @Nullable String target) {
        row(
                code,
                type,
                territory,
                name,
                period,
                num,
                (long) den,
                percents(num, den),
                target,
                verdict(num, den, target),
                "PUBLIE");
    }

    private static String verdict(long num, long den, @Nullable String target) {
        return target == null ? "SANS_CIBLE" : num * 100 > den * 60 ? "ATTEINTE" : "NON_ATTEINTE";
    }

    private static String percents(long num, long den) {
        return BigDecimal.valueOf(num * 100)
                .divide(BigDecimal.valueOf(den), 4, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private void row(
            String code,
            String type,
            String territory,
            String name,
            String period,
            @Nullable Long num,
            @Nullable Long den,
            @Nullable String value,
            @Nullable String target,
            String verdict,
            String status) {
        boolean isDelay = code.startsWith("CAD-02") || code.startsWith("ORI-03");
        rows.add(new ValueRow(
                code,
                1,
                type,
                territory,
                name,
                period,
                "",
                num,
                den,
                value == null ? null : new BigDecimal(value),
                isDelay || num == null || den == null ? null : wilson(num, den, -1),
                isDelay || num == null || den == null ? null : wilson(num, den, 1),
                target,
                verdict,
                status,
                3));
    }

    private static BigDecimal wilson(long num, long den, int side) {
        double z = 1.959964;
        double p = (double) num / den;
        double centre = p + z * z / (2 * den);
        double margin = z * Math.sqrt(p * (1 - p) / den + z * z / (4.0 * den * den));
        return new BigDecimal(100 * (centre + side * margin) / (1 + z * z / den), MathContext.DECIMAL32)
                .setScale(4, RoundingMode.HALF_UP);
    }

    static List<IndicatorSection> sections() {
        return List.of(
                new IndicatorSection(
                        "CAD-01",
                        "Sorties d’hospitalisation de patients de 65 ans et plus sans médecin traitant suivies d’un rendez-vous honoré en 48 h",
                        "Les personnes de 65 ans et plus sans médecin traitant sont-elles vues dans les 48 heures qui suivent leur sortie d’hôpital ?",
                        ValueUnit.POURCENT,
                        "sortie",
                        IndicatorSection.Direction.HIGHER,
                        "> 60",
                        List.of("patients", "evenements", "rendez_vous", "declarations_mt"),
                        List.of(
                                reading("", "Lecture A — officielle, par sortie éligible"),
                                reading("B", "Lecture B — parmi les rendez-vous honorés, part dans les 48 h"),
                                reading("C", "Lecture C — parmi les rendez-vous donnés, part honorée dans les 48 h"),
                                reading("borne-stricte", "Moins de 48 h au sens strict"),
                                reading("age-strict", "Plus de 65 ans au sens strict (66 ans révolus)"),
                                reading("strict", "Âge et délai au sens strict"),
                                reading(
                                        "risque-echec",
                                        "Sensibilité — décès, réadmission et départ comptés comme des échecs"))),
                section(
                        "CAD-02",
                        "Délai médian entre la sortie d’hospitalisation et le premier rendez-vous honoré",
                        ValueUnit.HEURES,
                        "sortie",
                        null),
                section("CAD-04", "Rendez-vous non honorés", ValueUnit.POURCENT, "rendez-vous", null),
                section(
                        "HOS-01",
                        "Réhospitalisations non programmées dans les 30 jours",
                        ValueUnit.POURCENT,
                        "sortie",
                        null,
                        reading("7j", "Dans les 7 jours (se compare à RH7)"),
                        new IndicatorSection.Reading("sorties", "Nombre de sorties", ValueUnit.EFFECTIF)),
                section("MT-01", "Patients sans médecin traitant", ValueUnit.POURCENT, "personne", null),
                section(
                        "ORI-03",
                        "Délai de réponse à une orientation",
                        ValueUnit.JOURS,
                        "orientation",
                        "<= 7",
                        new IndicatorSection.Reading(
                                "acces",
                                "Délai d’accès — de la première émission à la prise en charge",
                                ValueUnit.JOURS)),
                section("RUP-00", "Ruptures de parcours détectées", ValueUnit.EFFECTIF, "rupture", null),
                section(
                        "URG-01",
                        "Personnes aux passages itératifs aux urgences",
                        ValueUnit.POURCENT,
                        "personne",
                        null));
    }

    private static IndicatorSection.Reading reading(String name, String label) {
        return new IndicatorSection.Reading(name, label, ValueUnit.POURCENT);
    }

    private static IndicatorSection section(
            String code,
            String label,
            ValueUnit unit,
            String counted,
            @Nullable String target,
            IndicatorSection.Reading... readings) {
        return new IndicatorSection(
                code,
                label,
                label + " : où en est-on ?",
                unit,
                counted,
                IndicatorSection.Direction.LOWER,
                target,
                List.of("patients", "evenements"),
                List.of(readings));
    }
}
