package letters;

public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println(Words.letters(String.join("\n", args)));
  }
}
