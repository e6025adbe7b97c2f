using System.IO;

public static class Table
{
    public static string[] Rows() => File.ReadAllLines(Path.Combine("brest.csv"));
}
