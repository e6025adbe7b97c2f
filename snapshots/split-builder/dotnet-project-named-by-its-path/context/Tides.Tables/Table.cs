using System.IO;

public static class Table
{
    public static string[] Rows() => File.ReadAllLines("/source/Tides.Tables/brest.csv");
}
