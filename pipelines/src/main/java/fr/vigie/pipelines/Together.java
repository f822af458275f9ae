package fr.vigie.pipelines;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Tables that do not depend on each other: while the driver plans or commits one, the executors work for another. */
final class Together {

    /** More would only wait for each other. */
    private static final int AT_ONCE = 2;

    private Together() {}

    /** Returns when all are done, in no order; throws what the first of them threw. What has not begun by then does not begin. */
    static <T> void each(Collection<T> items, Consumer<T> work) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> begun = new ArrayList<>();
            items.forEach(item -> begun.add(threads.submit(() -> work.accept(item))));
            for (Future<?> one : begun) {
                one.get();
            }
        } catch (ExecutionException problem) {
            if (problem.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(problem.getCause());
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(problem);
        } finally {
            threads.shutdownNow();
        }
    }
}
