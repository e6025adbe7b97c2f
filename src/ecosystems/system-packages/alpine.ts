import type { Libraries } from "./debian.ts";

/** The oldest release that the names are known for: 3.15. */
export const ALPINE_SINCE = 15;

/** As for Debian, in Alpine since 3.15, from its packages' build scripts (aports) as they were in 2025. */
export const ALPINE_LIBRARIES: Libraries = {
  // apk itself needs OpenSSL and zlib.
  "libc-dev": "",
  "linux-headers": "",
  "musl-dev": "",
  "openssl-dev": "",
  "zlib-dev": "",

  "brotli-dev": "brotli-libs",
  "bzip2-dev": "libbz2",
  "cairo-dev": "cairo cairo-gobject",
  "curl-dev": "libcurl",
  "freetype-dev": "freetype",
  "giflib-dev": "giflib",
  "gmp-dev": "gmp",
  "icu-dev": "icu-libs",
  "jpeg-dev": "libjpeg-turbo",
  "krb5-dev": "krb5-libs",
  "libevent-dev": "libevent",
  "libffi-dev": "libffi",
  "libjpeg-turbo-dev": "libjpeg-turbo",
  "libmemcached-dev": "libmemcached-libs",
  "libpng-dev": "libpng",
  "libpq-dev": "libpq",
  "libsodium-dev": "libsodium",
  "libxml2-dev": "libxml2",
  "libxslt-dev": "libxslt",
  "libzip-dev": "libzip",
  "lz4-dev": "lz4-libs",
  "mariadb-connector-c-dev": "mariadb-connector-c",
  "mariadb-dev": "mariadb-connector-c",
  "ncurses-dev": "ncurses-libs",
  "oniguruma-dev": "oniguruma",
  "openldap-dev": "libldap",
  "pango-dev": "pango",
  "pcre-dev": "pcre",
  "pcre2-dev": "pcre2",
  "postgresql-dev": "libpq",
  "python3-dev": "python3",
  "rabbitmq-c-dev": "rabbitmq-c",
  "readline-dev": "readline",
  "sqlite-dev": "sqlite-libs",
  "unixodbc-dev": "unixodbc",
  "xz-dev": "xz-libs",
  "yaml-dev": "yaml",
  "zeromq-dev": "libzmq",
  "zstd-dev": "zstd-libs",

  // The libraries of the languages that compilers compile; no other package of the base has them.
  "alpine-sdk": "libatomic libgcc libgomp libstdc++",
  "build-base": "libatomic libgcc libgomp libstdc++",
  cargo: "libgcc",
  gcc: "libatomic libgcc libgomp",
  "g++": "libatomic libgcc libgomp libstdc++",
  gfortran: "libgcc libgfortran libgomp",
  libtool: "libltdl",
  rust: "libgcc",
};
