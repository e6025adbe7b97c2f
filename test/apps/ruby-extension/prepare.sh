# A gem of the extension's sources, as `bundle cache` would have it.
mkdir -p vendor/cache work
tar -C gem -czf work/data.tar.gz ext
gzip -c gem/metadata >work/metadata.gz
tar -C work -cf vendor/cache/sums-1.0.0.gem metadata.gz data.tar.gz
rm -r work
