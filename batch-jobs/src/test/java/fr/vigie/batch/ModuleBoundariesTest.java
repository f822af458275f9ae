package fr.vigie.batch;

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
    private static final String DASHBOARDS = "fr.vigie.dashboards..";
    private static final String BATCH = "fr.vigie.batch..";

    @TestFactory
    Stream<DynamicTest> everyImportPointsTowardsContracts() {
        return Stream.of(
                        noClasses()
                                .that()
                                .resideInAPackage(BATCH)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("org.apache.spark..", "io.delta..", "fr.vigie.pipelines..")
                                .because("control and worker are two processes whose class paths never meet"),
                        noClasses()
                                .that()
                                .resideInAPackage(INDICATORS)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.springframework..", "java.sql..", "org.apache.spark..", DASHBOARDS, BATCH)
                                .because("a public-health doctor reads the indicators: no Spark, no Spring, no JDBC"),
                        noClasses()
                                .that()
                                .resideInAPackage(SCHEMA)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        INDICATORS, DASHBOARDS, BATCH, "fr.vigie.pipelines..", "org.springframework..")
                                .because("contracts are what the others point to"),
                        noClasses()
                                .that()
                                .resideInAPackage(DASHBOARDS)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(BATCH, "org.springframework..", "java.sql..")
                                .because(
                                        "how a publication reads does not depend on where it is kept nor on when it is made"),
                        noClasses()
                                .that()
                                .resideInAPackage("fr.vigie.batch.intake..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "java.sql..",
                                        "org.springframework..",
                                        "fr.vigie.batch.jobs..",
                                        "fr.vigie.batch.registre..")
                                .because(
                                        "a file is judged by its content and its contract, never by what the database holds"),
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
