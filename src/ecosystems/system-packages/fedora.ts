import type { Libraries } from "./debian.ts";

/** As for Debian, in Fedora and Red Hat's kin since release 8, from their spec files as they were in 2025. */
export const FEDORA_LIBRARIES: Libraries = {
  // rpm and its libraries need these.
  "bzip2-devel": "",
  "glibc-devel": "",
  "kernel-headers": "",
  "openssl-devel": "openssl-libs",
  "xz-devel": "",
  "zlib-devel": "",

  "expat-devel": "expat",
  "freetype-devel": "freetype",
  "gmp-devel": "gmp gmp-c++",
  "krb5-devel": "krb5-libs",
  "libffi-devel": "libffi",
  "libicu-devel": "libicu",
  "libjpeg-turbo-devel": "libjpeg-turbo",
  "libpng-devel": "libpng",
  "libpq-devel": "libpq",
  "libxml2-devel": "libxml2",
  "libxslt-devel": "libxslt",
  "libyaml-devel": "libyaml",
  "mariadb-connector-c-devel": "mariadb-connector-c",
  "ncurses-devel": "ncurses-libs ncurses-c++-libs",
  "openldap-devel": "openldap",
  "python3-devel": "python3 python3-libs",
  "readline-devel": "readline",
  "sqlite-devel": "sqlite-libs",

  gcc: "libgcc libgomp",
  "gcc-c++": "libgcc libgomp libstdc++",
  "gcc-gfortran": "libgcc libgfortran libgomp",
};
