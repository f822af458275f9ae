package fr.vigie.pipelines;

import fr.vigie.schema.WorkerRequest;
import fr.vigie.schema.WorkerResult;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.apache.spark.sql.SparkSession;

/**
 * The worker's code in this process, for a control that is a process of its own: it launches what a built project has, which hands the request over
 * and says what this worker says. Without a cold Spark for each command, {@code ControlAndWorkerIT} took a third of its time; that a worker is a
 * process, which can be killed, is what {@code UpgradedInstanceIT}, {@code .ci/check_kills.py} and the acceptance have.
 */
public final class WorkerBeside implements AutoCloseable {

    private static final String ENTRY = "org/apache/spark/deploy/SparkSubmit";

    private final SparkSession spark = LocalSession.start();
    private final ServerSocket door;
    private final Path root;

    /** @param root an empty folder, laid out as that of the project after a build */
    public WorkerBeside(Path root) throws IOException {
        this.root = root;
        door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Path target = Files.createDirectories(root.resolve("pipelines").resolve("target"));
        Files.writeString(target.resolve("porte"), String.valueOf(door.getLocalPort()));
        handOver(target.resolve("pipelines-0.jar"));
        Thread served = new Thread(this::serve, "worker-beside");
        served.setDaemon(true);
        served.start();
    }

    public Path root() {
        return root;
    }

    /** Compiled here: on the class path of the tests it would stand before Spark's own. */
    private void handOver(Path jar) throws IOException {
        Path classes = Files.createDirectory(root.resolve("classes"));
        Path source = Files.createDirectories(
                        root.resolve("sources").resolve(ENTRY).getParent())
                .resolve("SparkSubmit.java");
        try (var text = WorkerBeside.class.getResourceAsStream("/worker-beside/SparkSubmit.java")) {
            Files.write(source, text.readAllBytes());
        }
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString());
        if (code != 0) {
            throw new IOException("the entry point does not compile");
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(ENTRY + ".class"));
            Files.copy(classes.resolve(ENTRY.replace("/", File.separator) + ".class"), out);
        }
    }

    /** However it ends, nobody is left waiting at the door. */
    private void serve() {
        try (door) {
            while (true) {
                answer();
            }
        } catch (SocketException closed) {
            // By close(), or by a command that was killed.
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void answer() throws IOException {
        try (Socket asked = door.accept()) {
            PrintStream said = new PrintStream(asked.getOutputStream(), true, StandardCharsets.UTF_8);
            String file = new BufferedReader(new InputStreamReader(asked.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            said.println("code " + run(WorkerRequest.read(Path.of(file)), said));
        }
    }

    /** What {@link Worker#main} does. */
    private int run(WorkerRequest request, PrintStream said) throws IOException {
        try (LakeLock lock = LakeLock.take(request.lake())) {
            new WorkerSteps(spark, request, Progress.to(said)).execute();
            Files.createFile(Path.of(request.exchange(), WorkerResult.DONE));
            return 0;
        } catch (Unreadable problem) {
            Files.writeString(Path.of(request.exchange(), WorkerResult.UNREADABLE), problem.getMessage());
            return 1;
        } catch (RuntimeException problem) {
            problem.printStackTrace(said);
            return 1;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        spark.stop();
    }
}
