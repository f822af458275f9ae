package org.apache.spark.deploy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands where Spark's entry point stands: hands the request over to the worker that waits beside, and ends as it ends. */
public final class SparkSubmit {

    private SparkSubmit() {}

    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(
                SparkSubmit.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        int port = Integer.parseInt(Files.readString(jar.resolveSibling("porte")));
        try (Socket worker = new Socket(InetAddress.getLoopbackAddress(), port)) {
            worker.getOutputStream()
                    .write((arguments[arguments.length - 1] + "\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8));
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith("code ")) {
                    System.exit(Integer.parseInt(line.substring(5)));
                }
                System.out.println(line);
            }
        }
        System.exit(1);
    }
}
