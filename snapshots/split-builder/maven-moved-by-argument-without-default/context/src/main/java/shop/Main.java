package shop;

import org.springframework.boot.SpringApplication;

public class Main {
  public static void main(String[] words) {
    SpringApplication.run(Main.class, words);
  }
}
