using System.IO;
using System.Reflection;

public static class Table
{
    public static Stream Rows() => typeof(Table).Assembly.GetManifestResourceStream("Tides.Tables.brest.csv");
}
