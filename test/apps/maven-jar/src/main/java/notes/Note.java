package notes;

import java.io.IOException;
import java.util.Properties;

/** Frequencies of notes, in hertz. */
final class Note {
  static String named(String name) throws IOException {
    var frequencies = new Properties();
    try (var file = Note.class.getResourceAsStream("/frequencies.properties")) {
      frequencies.load(file);
    }
    return frequencies.getProperty(name, "no such note");
  }
}
