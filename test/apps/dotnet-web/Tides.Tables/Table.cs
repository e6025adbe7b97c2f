using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Tides.Tables
{
    /** High waters at Brest, from the file that the assembly holds. */
    public static class Table
    {
        public static (string Day, double Metres) Highest()
        {
            return Rows().OrderByDescending(row => row.Metres).First();
        }

        private static IEnumerable<(string Day, double Metres)> Rows()
        {
            using var stream = typeof(Table).Assembly.GetManifestResourceStream("Tides.Tables.brest.csv");
            using var reader = new StreamReader(stream);
            for (var line = reader.ReadLine(); line != null; line = reader.ReadLine())
            {
                var cells = line.Split(',');
                yield return (cells[0], double.Parse(cells[1], CultureInfo.InvariantCulture));
            }
        }
    }
}
