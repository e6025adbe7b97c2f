import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

public class Rules {
    public static void main(String[] args) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        System.out.println(compiler.run(null, null, null, args));
    }
}
