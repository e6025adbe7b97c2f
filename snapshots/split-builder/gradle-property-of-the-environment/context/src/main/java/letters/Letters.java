package letters;

public class Letters {
  public static void main(String[] args) {
    System.out.println("letters");
  }
}
