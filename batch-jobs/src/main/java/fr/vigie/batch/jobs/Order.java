package fr.vigie.batch.jobs;

import fr.vigie.batch.publication.StopDates;
import fr.vigie.intake.EmptyWords;
import fr.vigie.intake.Mapping;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one writing command asks for.
 *
 * @param command as typed, for the lock, the register and to recognise the same command after a crash
 * @param loading the files to take, when it loads
 * @param withdrawn the deliveries to take back, together
 * @param refreshing what to compute, when it refreshes
 */
public record Order(String command, Optional<Loading> loading, Set<String> withdrawn, Optional<Refreshing> refreshing) {

    public Order {
        withdrawn = Set.copyOf(withdrawn);
    }

    /** The same computation, of what the register holds. */
    Order refreshAlone() {
        return new Order("refresh" + refreshing.orElseThrow().words(), Optional.empty(), Set.of(), refreshing);
    }

    /** @param isStrict stop before the refresh when a file is refused */
    public record Loading(
            List<Path> paths,
            Optional<String> feed,
            Optional<Mapping> mapping,
            Optional<String> source,
            Optional<LocalDate> completeTo,
            EmptyWords empties,
            boolean isStrict) {
        public Loading {
            paths = List.copyOf(paths);
        }
    }

    /**
     * @param asOf start of the minute of the date d'arrêt
     * @param isFull make silver again from bronze, whatever it was made from
     */
    public record Refreshing(Instant asOf, int depthMonths, Optional<Path> definitions, String master, boolean isFull) {

        private static final int MONTHS_OF_YEAR = 12;

        /** As typed after the command, so that whoever types it again computes the same. */
        public String words() {
            return " --as-of " + asOf.atZone(StopDates.PARIS).toOffsetDateTime()
                    + definitions.map(folder -> " --definitions " + folder).orElse("")
                    + " --depth " + depthMonths / MONTHS_OF_YEAR
                    + (isFull ? " --full" : "");
        }
    }
}
