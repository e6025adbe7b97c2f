package app;

public class Hello implements Runnable {
    public void run() {
        System.out.println("hello");
    }
}
