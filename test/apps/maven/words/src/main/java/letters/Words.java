package letters;

import java.io.StringReader;
import org.apache.commons.io.IOUtils;

/** Counts letters. */
public final class Words {
  private Words() {}

  public static long letters(String text) {
    return IOUtils.readLines(new StringReader(text)).stream().flatMapToInt(String::chars).filter(Character::isLetter).count();
  }
}
