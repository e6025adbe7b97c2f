package notes;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

public class Main {
  public static void main(String[] words) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(8080), 0);
    server.createContext("/", exchange -> {
      var name = exchange.getRequestURI().getPath().substring(1);
      var answer = (Note.named(name) + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      try (var body = exchange.getResponseBody()) {
        body.write(answer);
      }
    });
    server.start();
  }
}
