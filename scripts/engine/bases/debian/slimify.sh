#!/bin/sh
# What the official slim image lacks, now and in what is installed later (debuerreotype: scripts/.slimify-excludes, .slimify-includes).
set -eu
rm -f /slimify.sh
sections=$(echo /usr/share/man/man[0-9])
find /usr/share/doc -type f ! -name copyright -delete
find /usr/share/info /usr/share/man /usr/share/lintian/overrides -mindepth 1 ! -type d -delete
find /usr/share/locale -type f ! -name locale.alias -delete
find /usr/share/doc /usr/share/info /usr/share/man /usr/share/lintian/overrides /usr/share/locale -depth -mindepth 1 \
    \( -xtype l -o -type d -empty \) -delete
mkdir -p $sections
for folder in doc info linda lintian/overrides locale man; do echo "path-exclude /usr/share/$folder/*"; done >/etc/dpkg/dpkg.cfg.d/docker
for kept in doc/*/copyright locale/locale.alias; do echo "path-include /usr/share/$kept"; done >>/etc/dpkg/dpkg.cfg.d/docker
