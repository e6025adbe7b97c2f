package tides;

public class Main {
    public static void main(String[] words) {
        System.out.println(new com.google.gson.Gson().toJson(words));
    }
}
