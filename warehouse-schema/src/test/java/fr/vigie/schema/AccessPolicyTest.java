package fr.vigie.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {

    private static final AccessPolicy POLICY = AccessPolicy.read();
    private static final String LOGIN = "vigie_lecteur_0123456789abcdef0123";
    private static final String VERIFIER = "SCRAM-SHA-256$4096:c2Vs$c3RvcmVk:c2VydmVy";

    @Test
    void thePageIsWhatThePolicySays() throws IOException {
        Path page = Path.of("..", "docs", "acces.md");
        if (Boolean.getBoolean("vigie.rewrite")) {
            Files.writeString(page, AccessPage.markdown(POLICY));
        }
        assertEquals(
                AccessPage.markdown(POLICY),
                Files.readString(page),
                page + " is not what the policy says; -Dvigie.rewrite=true writes it again");
    }

    /** Each function that stays open has its reason in the policy, which readers of docs/acces.md see. */
    @Test
    void theFunctionsThatStayOpenAreThoseThatThePolicyExplains() {
        String wanted = POLICY.functions().keySet().stream()
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "));
        for (String sql : List.of(AccessSql.rights(), AccessSql.stillOpen())) {
            assertEquals(
                    List.of(wanted),
                    Pattern.compile("p\\.proname IN \\(([^)]*)\\)")
                            .matcher(sql)
                            .results()
                            .map(one -> one.group(1))
                            .toList());
        }
    }

    /** A word that nothing replaced would go to PostgreSQL as it stands. */
    @Test
    void theSqlOfAnAccountHasNoWordLeft() {
        AccessAccount account = new AccessAccount(POLICY.role("cpam"), "DEPARTEMENT", "30");
        assertFalse(account.sql(LOGIN, VERIFIER, Optional.empty()).contains("{"));
        assertFalse(AccessAccount.removal(LOGIN).contains("{"));
    }

    @Test
    void thresholdsAreThoseOfTheDoctrine() {
        assertEquals(11, POLICY.patients());
        assertEquals(5, POLICY.professionnels());
    }

    @Test
    void everyRoleOfDomaine54IsThereAndNoneReadsPersons() {
        assertEquals(
                List.of("dac", "ars", "facs", "cpts", "cpam", "etablissement", "public"),
                List.copyOf(POLICY.roles().keySet()));
        POLICY.roles().values().forEach(role -> assertTrue(role.individual().startsWith("jamais"), role.code()));
    }

    @Test
    void onlyTheDacReadsUnmaskedValuesAndOnlyInATerritory() {
        POLICY.roles().values().stream()
                .filter(role -> !POLICY.audience(role.audience()).isMasked())
                .forEach(role -> {
                    assertEquals("dac", role.code());
                    assertFalse(role.isEverywhere());
                });
    }

    @Test
    void thePublicAsksForWholeYearsDownToTheDepartement() {
        AccessPolicy.Audience reader = POLICY.audience("public");

        assertTrue(reader.mayAsk("DEPARTEMENT", "ANNEE"));
        assertFalse(reader.mayAsk("DEPARTEMENT", "MOIS"));
        assertFalse(reader.mayAsk("DEPARTEMENT", "GLISSANT"));
        assertFalse(reader.mayAsk("CPTS", "ANNEE"));
        assertFalse(reader.mayAsk("COMMUNE", "ANNEE"));
        assertFalse(reader.mayAsk("GHT", "ANNEE"));
        assertFalse(reader.hasBreakdowns());
    }

    @Test
    void anAccountNamesItsTerritoryInItsRoleAndInItsConditions() {
        AccessAccount account = new AccessAccount(POLICY.role("dac"), "DEPARTEMENT", "34");

        assertEquals("vigie_role_dac_34", account.name());
        assertTrue(account.condition("valeur")
                .startsWith("audience = 'interne' AND (territoire_type, territoire_code) IN"));
        assertTrue(account.condition("valeur").contains("porteur_code = '34'"));
    }

    @Test
    void whoDoesNotReadQualityReadsNoFile() {
        AccessAccount account = new AccessAccount(POLICY.role("cpts"), "CPTS", "340020488");

        assertEquals("1 = 0", account.condition("flux"));
        assertEquals("1 = 0", account.condition("rejet"));
    }

    @Test
    void theCpamReadsMedecinTraitantOnly() {
        AccessAccount account = new AccessAccount(POLICY.role("cpam"), "DEPARTEMENT", "30");

        assertTrue(account.condition("valeur").endsWith("(code LIKE 'MT-%')"));
        assertTrue(account.sql(LOGIN, VERIFIER, Optional.empty()).contains("ARRAY['MT-']"));
    }

    @Test
    void twoCodesThatDifferByASignOnlyHaveEachARoleOfTheirOwn() {
        AccessAccount one = new AccessAccount(POLICY.role("cpts"), "CPTS", "A.1");
        AccessAccount other = new AccessAccount(POLICY.role("cpts"), "CPTS", "a_1");

        assertNotEquals(one.name(), other.name());
    }

    /** The last day is a whole one, in Paris: 31 March 2027 ends at 22:00 UTC, summer time having come on the 28th. */
    @Test
    void aLoginEndsWithItsLastDayInParis() {
        AccessAccount account = AccessAccount.everywhere(POLICY.role("ars"));

        assertTrue(account.sql(LOGIN, VERIFIER, Optional.of(LocalDate.of(2027, 3, 31)))
                .contains("VALID UNTIL '2027-03-31T22:00:00Z';"));
        assertTrue(account.sql(LOGIN, VERIFIER, Optional.empty()).contains("VALID UNTIL 'infinity';"));
    }

    /** A password in clear would reach the log of a server that notes its statements. */
    @Test
    void onlyAVerifierIsTakenForAPassword() {
        AccessAccount account = AccessAccount.everywhere(POLICY.role("ars"));

        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> account.sql(LOGIN, "en clair", Optional.empty()));

        assertTrue(String.valueOf(refused.getMessage()).startsWith("Not a login"), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> AccessAccount.removal("postgres"));
    }

    /** A code goes into SQL and into the name of a role. */
    @Test
    void aCodeThatIsNotOneIsRefused() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new AccessAccount(POLICY.role("dac"), "DEPARTEMENT", "34'; DROP ROLE vigie; --"));

        assertTrue(String.valueOf(refused.getMessage()).startsWith("Not a code of a territory"), refused.getMessage());
    }

    @Test
    void aMisspeltWordIsFoundWithItsPath() {
        String text = Resources.text("policy/acces.yaml").replace("periodes: [ANNEE]", "periodes: [ANNEES]");

        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> AccessPolicy.read("acces.yaml", text));

        assertTrue(String.valueOf(refused.getMessage()).contains("audiences.public.periodes"), refused.getMessage());
    }
}
