package fr.vigie.pipelines;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One writer per lake: a lock file that the operating system frees when the worker dies, however it dies. A lake on object storage has no such
 * lock; there the control's database lock alone stands guard.
 */
final class LakeLock implements AutoCloseable {

    private final @Nullable FileChannel channel;

    private LakeLock(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until no other worker holds the lake. */
    static LakeLock take(String lake) throws IOException {
        if (lake.contains("://")) {
            return new LakeLock(null);
        }
        Path folder = Files.createDirectories(Path.of(lake));
        FileChannel channel =
                FileChannel.open(folder.resolve("_vigie.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock();
        if (!lock.isValid()) {
            throw new IOException("the lake's lock could not be taken");
        }
        return new LakeLock(channel);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
