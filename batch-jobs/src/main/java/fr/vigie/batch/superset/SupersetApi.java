package fr.vigie.batch.superset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.SecretFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Superset's REST API, as an administrator. */
final class SupersetApi {

    private static final int PAGE = 100;

    /** What the settings of Vigie name when they refuse a change to a reader's account (vigie_lecture.py). */
    private static final String NAMED_IN = "VIGIE_ADMINISTRATION";

    private final URI address;
    private final String user;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final String token;
    private final String csrf;

    SupersetApi(URI address, String user, String password) {
        this.address = address;
        this.user = user;
        ObjectNode login = json.createObjectNode()
                .put("username", user)
                .put("password", password)
                .put("provider", "db")
                .put("refresh", false);
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address.resolve("/api/v1/security/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(login.toString())));
        if (answer.statusCode() == 401) {
            throw Failure.of("Superset refuse ce compte (" + address
                    + ")\u202f: vérifiez VIGIE_SUPERSET_USER et VIGIE_SUPERSET_PASSWORD.");
        }
        this.token = parse(answer).path("access_token").asText();
        this.csrf = parse(send(request("/api/v1/security/csrf_token/", "").GET()))
                .path("result")
                .asText();
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    /** Imports assets over what may be there: same UUIDs, same objects. */
    void importAssets(byte[] zip, String databaseFile, String password) {
        String boundary = "vigie-" + SecretFile.drawn(12);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"passwords\"\r\n\r\n"
                        + json.createObjectNode().put(databaseFile, password) + "\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"vigie.zip\"\r\nContent-Type: application/zip\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(zip);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        parse(send(request("/api/v1/assets/import/", csrf)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))));
    }

    JsonNode post(String path, JsonNode body) {
        return parse(send(request(path, csrf)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))));
    }

    JsonNode put(String path, JsonNode body) {
        return parse(send(request(path, csrf)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body.toString()))));
    }

    void delete(String path) {
        parse(send(request(path, csrf).DELETE()));
    }

    JsonNode get(String path) {
        return parse(send(request(path, csrf).GET()));
    }

    /** Every object of a collection. */
    List<JsonNode> all(String path) {
        List<JsonNode> objects = new ArrayList<>();
        for (int page = 0; ; page++) {
            JsonNode answer = get(path + "?q="
                    + URLEncoder.encode("(page:" + page + ",page_size:" + PAGE + ")", StandardCharsets.UTF_8));
            answer.path("result").forEach(objects::add);
            if (answer.path("result").size() < PAGE) {
                return objects;
            }
        }
    }

    /** Their numbers, by the name that {@code field} gives. */
    Map<String, Integer> ids(String path, String field) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        all(path)
                .forEach(one -> ids.put(one.path(field).asText(), one.path("id").asInt()));
        return ids;
    }

    /** Creates what is missing, changes what is there; gives its id. */
    int save(String path, String field, String name, ObjectNode body) {
        Optional<Integer> known = Optional.ofNullable(ids(path, field).get(name));
        if (known.isPresent()) {
            put(path + known.get(), body);
            return known.get();
        }
        JsonNode made = post(path, body);
        return made.has("id")
                ? made.path("id").asInt()
                : made.path("result").path("id").asInt();
    }

    static void addAll(com.fasterxml.jackson.databind.node.ArrayNode array, Collection<Integer> numbers) {
        numbers.forEach(array::add);
    }

    private HttpRequest.Builder request(String path, String crossSite) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + token)
                .header("Referer", address.toString());
        return crossSite.isEmpty() ? builder : builder.header("X-CSRFToken", crossSite);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException problem) {
            throw Failure.of(
                    "Superset ne répond pas à " + address
                            + "\u202f: vérifiez l’adresse, ou lancez «\u00a0vigie superset start\u00a0».",
                    problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.of("Superset\u202f: interrompu.");
        }
    }

    private JsonNode parse(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            String body = answer.body();
            if (answer.statusCode() == 403 && body.contains(NAMED_IN)) {
                throw Failure.of("Ce Superset ne laisse pas «\u00a0" + user
                        + "\u00a0» créer ni changer les comptes de lecture\u202f: nommez ce compte dans la variable "
                        + NAMED_IN
                        + " de ce Superset, puis redémarrez-le (docs/superset.md).");
            }
            throw Failure.of("Superset a répondu " + answer.statusCode() + " à "
                    + answer.uri().getPath() + "\u202f: " + body.substring(0, Math.min(300, body.length())));
        }
        try {
            return json.readTree(answer.body());
        } catch (IOException problem) {
            throw Failure.of(
                    "Superset a répondu autre chose que du JSON à "
                            + answer.uri().getPath() + ".",
                    problem);
        }
    }
}
