package fr.vigie.demonstration;

import fr.vigie.demonstration.Dossier.Recherche;
import fr.vigie.demonstration.Dossier.Sejour;
import fr.vigie.demonstration.OrientationChain.Actor;
import fr.vigie.demonstration.OrientationChain.Demand;
import fr.vigie.demonstration.OrientationChain.Realisation;
import fr.vigie.demonstration.Territoire.Commune;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/** Who sends whom to whom: from a hospital bed, for a médecin traitant, between CPTS and DAC, to specialists (domaine 1.B, 1.C). */
final class Orientations {

    private static final Weighted AFTER_STAY =
            Weighted.of("SMR=38 HAD=9 SSIAD=17 EHPAD=10 USLD=4 DOMICILE_AIDES=17 HEB_TEMP=5");
    private static final Weighted ROUTINE = Weighted.of(
            "SPECIALISTE=24 TELEEXPERTISE=12 PSY=11 SNP=20 SOCIAL=8 ICOPE=5 ETP=6 PREVENTION=5 ESMS_PH=3 SSIAD=4 AUTRE=2");
    private static final Weighted FROM_DAC =
            Weighted.of("RECHERCHE_MT=35 SPECIALISTE=20 SNP=15 PREVENTION=12 ETP=10 APPUI_PRO=8");

    private final Dossier dossier;
    private final Draws draws;
    private final RendezVousDraw rendezVous;

    Orientations(Dossier dossier, RendezVousDraw rendezVous) {
        this.dossier = dossier;
        this.draws = dossier.draws();
        this.rendezVous = rendezVous;
    }

    /** What a stay leads to: the orientations asked from the bed, and the rendez-vous after the sortie. */
    void writeAfterStays() {
        for (Sejour sejour : dossier.sejours()) {
            int age = dossier.patient().age(sejour.sortie().toLocalDate());
            double share = sejour.programme() ? 0.08 : age >= 75 ? 0.5 : age >= 60 ? 0.2 : 0.03;
            if (sejour.nights() >= 2 && draws.chance(share)) {
                writeFromBed(sejour);
            }
            if (sejour.home() && sejour.nights() > 0) {
                rendezVous.writeAfter(sejour, postHospi(sejour, age));
            } else if (sejour.home()) {
                rendezVous.writeAfter(sejour, "");
            }
        }
    }

    void writeRecherches() {
        for (Recherche recherche : dossier.recherches()) {
            LocalDateTime request = recherche.request();
            Commune residence = dossier.patient().residence(request.toLocalDate());
            LocalDate declaration = recherche.declaration();
            boolean form = draws.chance(0.6);
            Demand demand = new Demand(
                    "RECHERCHE_MT",
                    form ? "FORM" : "SPICO",
                    form
                            ? new Actor("PATIENT", "")
                            : new Actor("DAC", dossier.world().territoire().dac(residence)),
                    () -> new Actor("CPTS", dossier.world().territoire().cpts(residence, draws)),
                    request,
                    1,
                    dossier.patient().ald().isEmpty() ? "NORMALE" : "7J",
                    "",
                    declaration == null ? 0.1 : 0.9,
                    6,
                    45);
            new OrientationChain(dossier, demand).write(Optional.ofNullable(declaration));
        }
    }

    void writeRoutine() {
        int count = draws.poisson(0.24 * dossier.twoYears() * (dossier.patient().isVulnerable() ? 1.6 : 0.8));
        for (int index = 0; index < count; index++) {
            writeOne(ROUTINE.draw(draws), draws.moment(dossier.from(), dossier.until()));
        }
        int age = dossier.patient().age(dossier.until().toLocalDate());
        double share = age >= 75 ? 0.2 : dossier.patient().isVulnerable() ? 0.08 : 0.012;
        if (draws.chance(share * dossier.twoYears())) {
            writeAccompagnement(draws.moment(dossier.from(), dossier.until()));
        }
    }

    private void writeOne(String type, LocalDateTime moment) {
        LocalDateTime emission = "SNP".equals(type) ? moment : Agenda.slot(moment, draws);
        Commune residence = dossier.patient().residence(emission.toLocalDate());
        String source = switch (type) {
            case "TELEEXPERTISE" -> "OMNIDOC";
            case "SNP" -> "SAS";
            case "ESMS_PH" -> "VIATRAJ";
            case "SOCIAL" -> draws.chance(0.2) ? "SIAO" : "SPICO";
            default -> "SPICO";
        };
        Actor emetteur = "SNP".equals(type)
                ? new Actor("SAS", "SAS-" + residence.departement())
                : new Actor("PRO", medecin(residence, emission));
        Demand demand = new Demand(
                type,
                source,
                emetteur,
                () -> recipient(type, residence),
                emission,
                1,
                "SNP".equals(type) ? (draws.chance(0.3) ? "IMMEDIATE" : "48H") : draws.chance(0.12) ? "7J" : "NORMALE",
                "",
                "SNP".equals(type) ? 0.84 : 0.68,
                "SNP".equals(type) ? 0.1 : 5,
                "SNP".equals(type) ? 0.6 : 16);
        Optional<Realisation> realisation = new OrientationChain(dossier, demand).write(Optional.empty());
        boolean seen = "SPECIALISTE".equals(type) || "PSY".equals(type) || "SNP".equals(type);
        if (seen && realisation.isPresent()) {
            Realisation done = realisation.get();
            String profession = "SNP".equals(type) ? "MG" : "PSY".equals(type) ? "PSY" : "SPE";
            rendezVous.writeFor(profession, done.orientationId(), emission, done.moment());
        }
    }

    /** A person goes from a CPTS, a hospital or a doctor to the DAC, and sometimes from the DAC back to a CPTS. */
    private void writeAccompagnement(LocalDateTime moment) {
        LocalDateTime emission = Agenda.slot(moment, draws);
        Commune residence = dossier.patient().residence(emission.toLocalDate());
        Territoire territoire = dossier.world().territoire();
        String dac = territoire.dac(residence);
        double from = draws.unit();
        Actor emetteur = from < 0.4
                ? new Actor("CPTS", territoire.cpts(residence, draws))
                : from < 0.7
                        ? new Actor("ES", territoire.hospital(residence, draws).finess())
                        : new Actor("PRO", medecin(residence, emission));
        Demand demand = new Demand(
                "ACCOMP_DAC", "SPICO", emetteur, () -> new Actor("DAC", dac), emission, 1, "NORMALE", "", 0.82, 3, 9);
        Optional<Realisation> realisation = new OrientationChain(dossier, demand).write(Optional.empty());
        if (realisation.isEmpty()) {
            return;
        }
        Accompagnements.write(
                dossier,
                realisation.get().orientationId(),
                dac,
                realisation.get().moment());
        if (draws.chance(0.5)) {
            LocalDateTime back = Agenda.slot(realisation.get().moment().plusDays(draws.between(2, 50)), draws);
            String type = FROM_DAC.draw(draws);
            Demand relay = new Demand(
                    type,
                    "SPICO",
                    new Actor("DAC", dac),
                    () -> new Actor("CPTS", territoire.cpts(residence, draws)),
                    back,
                    1,
                    "NORMALE",
                    "",
                    "RECHERCHE_MT".equals(type) ? 0.45 : 0.72,
                    4,
                    15);
            new OrientationChain(dossier, relay).write(Optional.empty());
        }
    }

    /** Several places are asked on the same day for one need: one chain. */
    private void writeFromBed(Sejour sejour) {
        String type = AFTER_STAY.draw(draws);
        Commune residence = dossier.patient().residence(sejour.admission().toLocalDate());
        LocalDateTime latest = sejour.sortie().minusHours(3);
        LocalDateTime emission = draws.moment(sejour.admission().plusHours(6), latest);
        boolean structure = !"DOMICILE_AIDES".equals(type) && !"SSIAD".equals(type);
        Demand demand = new Demand(
                type,
                structure ? "VIATRAJ" : "SPICO",
                new Actor("ES", sejour.finess()),
                () -> recipient(type, residence),
                emission,
                structure ? draws.between(2, 5) : 1,
                draws.chance(0.2) ? "48H" : "7J",
                sejour.admissionId(),
                structure ? 0.6 : 0.7,
                2.2,
                7);
        new OrientationChain(dossier, demand).write(Optional.empty());
    }

    /** The hospital asks the CPTS for a rendez-vous for somebody who has no médecin traitant. */
    private String postHospi(Sejour sejour, int age) {
        LocalDate day = sejour.sortie().toLocalDate();
        if (dossier.hasMedecinTraitant(day) || age < 60 || !draws.chance(0.6)) {
            return "";
        }
        Commune residence = dossier.patient().residence(day);
        Demand demand = new Demand(
                "RDV_POST_HOSPI",
                "SPICO",
                new Actor("ES", sejour.finess()),
                () -> new Actor("CPTS", dossier.world().territoire().cpts(residence, draws)),
                draws.moment(sejour.admission(), sejour.sortie()),
                1,
                "48H",
                sejour.sortieId(),
                0.85,
                0.5,
                1.5);
        return new OrientationChain(dossier, demand)
                .write(Optional.empty())
                .map(Realisation::orientationId)
                .orElse("");
    }

    private Actor recipient(String type, Commune residence) {
        Territoire territoire = dossier.world().territoire();
        return switch (type) {
            case "SMR", "HAD", "USLD" ->
                new Actor("ES", territoire.hospital(residence, draws).finess());
            case "EHPAD", "HEB_TEMP", "ESMS_PH", "SSIAD", "DOMICILE_AIDES" ->
                new Actor("STRUCTURE", type + "-" + residence.departement() + "-" + draws.between(1, 30));
            case "SNP", "PREVENTION", "ICOPE" -> new Actor("CPTS", territoire.cpts(residence, draws));
            case "SOCIAL" -> new Actor("CCAS", "CCAS-" + residence.code());
            case "ETP" -> new Actor("MSP", "MSP-" + residence.departement() + "-" + draws.between(1, 20));
            default ->
                new Actor(
                        "PRO",
                        Optional.ofNullable(dossier.world()
                                        .professionnels()
                                        .other("PSY".equals(type) ? "PSY" : "SPE", residence, draws))
                                .map(Professionnels.Professionnel::rpps)
                                .orElse(""));
        };
    }

    private String medecin(Commune residence, LocalDateTime moment) {
        return dossier.world()
                .professionnels()
                .medecin(residence, moment.toLocalDate(), draws)
                .rpps();
    }
}
