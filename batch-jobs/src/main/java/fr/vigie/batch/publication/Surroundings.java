package fr.vigie.batch.publication;

import static java.util.Objects.requireNonNull;

import fr.vigie.schema.Fingerprint;
import fr.vigie.schema.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What readers see beside the values, in digits: the steps of the funnels, which territories each CPTS and département answers for, and how masks
 * are made. The print tells none of it, and a publication whose values are the same is another one where this changes.
 */
final class Surroundings {

    private static final String PROGRAM = Fingerprint.ofProgram(Surroundings.class, "fr/vigie/batch/publication")
            + Fingerprint.ofProgram(Surroundings.class, "sql/secret");

    private Surroundings() {}

    /**
     * @param funnels over the rows of {@code WorkerResult.STEP_COUNTS}
     * @param scopes rows of {@code WorkerResult.SCOPE_COLUMNS}
     * @param territories what a reader sees of each code
     */
    static String of(Print funnels, Path scopes, Map<Integer, String> territories) throws IOException {
        List<String> told = new ArrayList<>();
        told.add("entonnoirs " + funnels.hexadecimal());
        for (String scope : Files.readAllLines(scopes)) {
            told.add("ressort "
                    + Stream.of(scope.split(";"))
                            .map(code -> requireNonNull(territories.get(Integer.valueOf(code)), "an unknown territory"))
                            .toList());
        }
        told.add(Resources.text("policy/acces.yaml"));
        told.add(PROGRAM);
        return Fingerprint.of(told);
    }
}
