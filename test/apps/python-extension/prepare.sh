# An archive of the extension's sources, as an index would have it.
mkdir -p vendor
tar -C native -czf vendor/sums-1.0.tar.gz --transform 's,^\.,sums-1.0,' .
