package shop;

public class Stock {
  public static final int PIECES = 12;
}
