#!/bin/sh
# What debuerreotype, which makes the official images, sets for apt (scripts/debuerreotype-minimizing-config), and the lists that it
# leaves out. Run on the tree of a new Debian, whose folder is the argument.
set -eu
cd "$1"
rm -rf var/lib/apt/lists/* var/cache/apt/archives
cat >etc/apt/apt.conf.d/docker-clean <<'CLEAN'
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
CLEAN
echo 'Acquire::GzipIndexes "true";' >etc/apt/apt.conf.d/docker-gzip-indexes
echo 'Acquire::Languages "none";' >etc/apt/apt.conf.d/docker-no-languages
echo 'Apt::AutoRemove::SuggestsImportant "false";' >etc/apt/apt.conf.d/docker-autoremove-suggests
