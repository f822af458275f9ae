package fr.vigie.batch.worker;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerMemoryTest {

    @ParameterizedTest
    @ValueSource(strings = {"512m", "3g", "2048M", "600000k"})
    void isTakenAsJavaWritesIt(String given) {
        assertDoesNotThrow(() -> WorkerLauncher.checkMemory(given));
    }

    @ParameterizedTest
    @ValueSource(strings = {"300m", "abc", "", "3", "3 g", "-1g", "0g"})
    void tooLittleOrUnreadableIsAWrongUseToldBeforeAnyWork(String given) {
        Failure refused = assertThrows(Failure.class, () -> WorkerLauncher.checkMemory(given));

        assertEquals(2, refused.exitCode());
        assertTrue(
                refused.sentence().contains("«\u00a0" + given + "\u00a0». Donnez au moins 512m"), refused.sentence());
    }
}
