package tides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Heights of the water by the hour. */
record Table(List<Row> rows) {
  record Row(String hour, double metres) {}

  static Table read(Path path) throws IOException {
    try (var lines = Files.lines(path)) {
      return new Table(lines.map(line -> line.split(",")).map(cells -> new Row(cells[0], Double.parseDouble(cells[1]))).toList());
    }
  }

  double highest() {
    return rows.stream().mapToDouble(Row::metres).max().orElse(0);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var row : rows) text.append(row.hour()).append("  ").append(row.metres()).append(" m\n");
    return text.toString();
  }
}
