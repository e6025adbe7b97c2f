using System;
using System.IO;

foreach (var path in Directory.GetFiles(Environment.CurrentDirectory, "*.cs", SearchOption.AllDirectories))
    Console.WriteLine(path);
