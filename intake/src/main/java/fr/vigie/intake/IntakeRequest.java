package fr.vigie.intake;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one command asks to take.
 *
 * @param paths files, folders and archives
 * @param feed the feed of the files whose manifest names none
 * @param mapping how foreign files become feeds
 * @param source the source of the files whose manifest names none
 * @param completeTo whole day, Paris, up to which the sources are complete; before the manifest's
 * @param empties texts that stand for nothing in these files
 * @param today the default of the completeness date
 * @param known what the register holds of a delivery, by its identifier
 */
public record IntakeRequest(
        List<Path> paths,
        Optional<String> feed,
        Optional<Mapping> mapping,
        Optional<String> source,
        Optional<LocalDate> completeTo,
        EmptyWords empties,
        LocalDate today,
        Function<String, Optional<Loaded>> known) {

    public IntakeRequest {
        paths = List.copyOf(paths);
    }
}
