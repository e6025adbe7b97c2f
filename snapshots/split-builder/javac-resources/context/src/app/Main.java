package app;

import java.util.ServiceLoader;

public class Main {
    public static void main(String[] args) throws Exception {
        for (Runnable each : ServiceLoader.load(Runnable.class)) each.run();
        System.out.println(Main.class.getResourceAsStream("/greetings.txt").readAllBytes().length);
    }
}
