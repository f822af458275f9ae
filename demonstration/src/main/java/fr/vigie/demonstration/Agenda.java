package fr.vigie.demonstration;

import java.time.DayOfWeek;
import java.time.LocalDateTime;

/** The opening hours of a practice. */
final class Agenda {

    private static final int OPENS = 8;
    private static final int CLOSES = 19;
    private static final int CLOSES_ON_SATURDAY = 12;

    private Agenda() {}

    /** The first slot at or after the moment, on a ten-minute grid; a closed moment goes to some hour of the next opening. */
    static LocalDateTime slot(LocalDateTime moment, Draws draws) {
        LocalDateTime slot =
                moment.plusMinutes((10 - moment.getMinute() % 10) % 10).withSecond(0);
        if (isOpen(slot)) {
            return slot;
        }
        LocalDateTime opening = slot.getHour() < OPENS ? slot : slot.plusDays(1);
        while (opening.getDayOfWeek() == DayOfWeek.SUNDAY) {
            opening = opening.plusDays(1);
        }
        return opening.toLocalDate().atTime(OPENS, 0).plusMinutes(10L * draws.below(20));
    }

    private static boolean isOpen(LocalDateTime moment) {
        int closes = switch (moment.getDayOfWeek()) {
            case SUNDAY -> 0;
            case SATURDAY -> CLOSES_ON_SATURDAY;
            default -> CLOSES;
        };
        return moment.getHour() >= OPENS && moment.getHour() < closes;
    }
}
