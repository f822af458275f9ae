package fr.vigie.verification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What may import what (architecture.md 1), each rule with its reason. */
class ModuleBoundariesTest {

    private static final JavaClasses VIGIE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("fr.vigie");

    private static final String SCHEMA = "fr.vigie.schema..";
    private static final String INDICATORS = "fr.vigie.indicators..";
    private static final String INTAKE = "fr.vigie.intake..";
    private static final String PIPELINES = "fr.vigie.pipelines..";
    private static final String DEMONSTRATION = "fr.vigie.demonstration..";
    private static final String DASHBOARDS = "fr.vigie.dashboards..";
    private static final String BATCH = "fr.vigie.batch..";
    private static final String VERIFICATION = "fr.vigie.verification..";

    @TestFactory
    Stream<DynamicTest> everyImportPointsTowardsContracts() {
        return Stream.of(
                        noClasses()
                                .that()
                                .resideInAPackage(BATCH)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("org.apache.spark..", "io.delta..", PIPELINES)
                                .because("control and worker are two processes whose class paths never meet"),
                        noClasses()
                                .that()
                                .resideInAPackage(INDICATORS)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.springframework..",
                                        "java.sql..",
                                        "org.apache.spark..",
                                        "org.junit..",
                                        INTAKE,
                                        PIPELINES,
                                        DASHBOARDS,
                                        DEMONSTRATION,
                                        BATCH)
                                .because(
                                        "a public-health doctor reads the indicators: no Spark, no Spring, no JDBC, no test engine"),
                        noClasses()
                                .that()
                                .resideInAPackage(SCHEMA)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        INDICATORS,
                                        INTAKE,
                                        PIPELINES,
                                        DASHBOARDS,
                                        DEMONSTRATION,
                                        BATCH,
                                        "org.springframework..")
                                .because("contracts are what the others point to"),
                        noClasses()
                                .that()
                                .resideInAPackage(DASHBOARDS)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(BATCH, INTAKE, DEMONSTRATION, "org.springframework..", "java.sql..")
                                .because(
                                        "how a publication reads does not depend on where it is kept nor on when it is made"),
                        noClasses()
                                .that()
                                .resideInAPackage(INTAKE)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "java.sql..", "org.springframework..", "org.apache.spark..", INDICATORS, BATCH)
                                .because(
                                        "a file is judged by its content and its contract, never by what the database holds"),
                        noClasses()
                                .that()
                                .resideInAPackage(DEMONSTRATION)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(INDICATORS, INTAKE, PIPELINES, DASHBOARDS, BATCH)
                                .because("an invented world knows the exchange format and nothing of what is counted"),
                        noClasses()
                                .that()
                                .resideInAPackage(PIPELINES)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(BATCH, INTAKE, DEMONSTRATION, "org.springframework..")
                                .because("the worker knows its request, never who asks it"),
                        noClasses()
                                .that()
                                .resideOutsideOfPackage(VERIFICATION)
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(VERIFICATION)
                                .because("what checks the product never ships with it"),
                        classes()
                                .that()
                                .resideInAPackage("fr.vigie.batch.jobs..")
                                .should()
                                .onlyHaveDependentClassesThat()
                                .resideInAnyPackage("fr.vigie.batch.jobs..", "fr.vigie.batch.cli..")
                                .because("the order of a run is decided in one place"),
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("fr.vigie.batch.jobs..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("org.springframework.batch..", "org.springframework.boot..")
                                .because("a reading command answers at once: it starts neither Spring nor a batch job"))
                .map(rule -> DynamicTest.dynamicTest(((ArchRule) rule).getDescription(), () -> rule.check(VIGIE)));
    }
}
