package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateReaderTest {

    private final DateReader dates = new DateReader(DateReader.PARIS, CheckOptions.EARLIEST);

    private static List<String> codes(CellReading reading) {
        return reading.findings().stream()
                .map(finding -> finding.level() + " " + finding.code())
                .toList();
    }

    @Test
    void case6_movesAMissingHourOneHourOnAndWarns() {
        CellReading reading = dates.instant("29/03/2026 02:30");
        assertEquals("2026-03-29T01:30:00Z", reading.text());
        assertEquals(List.of("A HEURE_INEXISTANTE"), codes(reading));
    }

    @Test
    void case7_takesTheFirstOfADoubleHourUnlessAnOffsetIsWritten() {
        CellReading first = dates.instant("25/10/2026 02:30");
        assertEquals("2026-10-25T00:30:00Z", first.text());
        assertEquals(List.of("I HEURE_AMBIGUE"), codes(first));
        CellReading second = dates.instant("2026-10-25T02:30:00+01:00");
        assertEquals("2026-10-25T01:30:00Z", second.text());
        assertEquals(List.of(), codes(second));
    }

    @Test
    void case8_keepsTheInstantAndItsDayInParis() {
        CellReading reading = dates.instant("2025-12-31T23:30:00Z");
        assertEquals("2025-12-31T23:30:00Z", reading.text());
        Moment moment = reading.moment();
        assertEquals("2026-01-01", moment == null ? "" : moment.day().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "31/02/2026, DATE_INVALIDE",
        "12/13/2026, DATE_INVALIDE",
        "01/02/26, ANNEE_2_CHIFFRES",
        "1/2/26 10:00, ANNEE_2_CHIFFRES",
        "29/02/2025, DATE_INVALIDE",
        "2026-02-30, DATE_INVALIDE",
        "2026-2-1, DATE_INVALIDE",
        "01/02/2026 24:00, DATE_INVALIDE",
        "01/02/2026 10:00 UTC, DATE_INVALIDE",
        "01/02/2026x, DATE_INVALIDE",
        "45000, DATE_INVALIDE",
        "hier, DATE_INVALIDE",
        "0202/01/01, DATE_INVALIDE",
        "01/02/2026 25h30, DATE_INVALIDE",
        "01/02/2026 24h, DATE_INVALIDE",
        "01/02/2026 08h60, DATE_INVALIDE",
        "01/02/2026 8h5, DATE_INVALIDE",
        "01/02/2026 h30, DATE_INVALIDE",
        "01/02/2026 08h30 soir, DATE_INVALIDE",
        "01/02/2026 08h30h, DATE_INVALIDE",
        "01/02/2026 08h30min60s, DATE_INVALIDE",
        "01/02/1849, DATE_INVALIDE"
    })
    void case81_rejectsWhatIsNoDate(String text, String code) {
        assertEquals(List.of("E " + code), codes(dates.instant(text)));
        assertEquals("", dates.instant(text).text());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-01, 2026-01-31T23:00:00Z, jour",
        "01/02/2026, 2026-01-31T23:00:00Z, jour",
        "01/07/2026, 2026-06-30T22:00:00Z, jour",
        "1/2/2026, 2026-01-31T23:00:00Z, jour",
        "01/02/2026 10:00, 2026-02-01T09:00:00Z, heure",
        "01/02/2026 9:05:07, 2026-02-01T08:05:07Z, heure",
        "01/02/2026 08h30, 2026-02-01T07:30:00Z, heure",
        "01/02/2026 8h30, 2026-02-01T07:30:00Z, heure",
        "01/02/2026 08H30, 2026-02-01T07:30:00Z, heure",
        "01/02/2026 8 h 30, 2026-02-01T07:30:00Z, heure",
        "01/02/2026 08h, 2026-02-01T07:00:00Z, heure",
        "01/02/2026 8 h, 2026-02-01T07:00:00Z, heure",
        "01/02/2026 0h00, 2026-01-31T23:00:00Z, heure",
        "01/02/2026 23h59, 2026-02-01T22:59:00Z, heure",
        "01/02/2026 à 08h30, 2026-02-01T07:30:00Z, heure",
        "01/02/2026 à 08:30, 2026-02-01T07:30:00Z, heure",
        "01/02/2026 08h30min, 2026-02-01T07:30:00Z, heure",
        "01/02/2026 8 h 30 min 15 s, 2026-02-01T07:30:15Z, heure",
        "01/02/2026 08:30:00, 2026-02-01T07:30:00Z, heure",
        "2026-02-01 08h30, 2026-02-01T07:30:00Z, heure",
        "2026-02-01T10:00, 2026-02-01T09:00:00Z, heure",
        "2026-02-01 10:00:00, 2026-02-01T09:00:00Z, heure",
        "2026-02-01T10:00:00.123Z, 2026-02-01T10:00:00Z, heure",
        "2026-02-01T10:00:00-0300, 2026-02-01T13:00:00Z, heure",
        "2026-02-01T10:00:00+05:30, 2026-02-01T04:30:00Z, heure"
    })
    void case81_readsFrenchAndIsoForms(String text, String instant, String precision) {
        CellReading reading = dates.instant(text);
        assertEquals(instant, reading.text());
        assertEquals(precision, reading.precision());
        assertEquals(List.of(), codes(reading));
    }

    @ParameterizedTest
    @CsvSource({"2026-02-01T23:30:00Z, 2026-02-02", "2026-02-01T23:30:00, 2026-02-01", "01/02/2026 00:00, 2026-02-01"})
    void readsTheDayOfAnInstantInParis(String text, String day) {
        assertEquals(day, dates.day(text).text());
    }
}
