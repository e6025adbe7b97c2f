public class Tides {
    public static void main(String[] args) {
        System.out.println("high");
    }
}
