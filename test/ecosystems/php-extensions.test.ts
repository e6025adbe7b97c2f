/** Calls that compile extensions of PHP, and those that may leave more. */
import { expect, test } from "vitest";
import { makesExtensions } from "../../src/ecosystems/php/extensions.ts";
import { invocationOf } from "./calls.ts";

test.each([
  "docker-php-ext-install pdo_mysql zip",
  "docker-php-ext-install -j$(nproc) gd",
  'docker-php-ext-install -j"$(nproc)" gd',
  "docker-php-ext-install -j 4 intl",
  'docker-php-ext-install -j "$(nproc)" gd',
  'docker-php-ext-install --jobs="$(nproc)" gd',
  "docker-php-ext-install memcached --ini-name 20-memcached.ini",
  "docker-php-ext-enable --ini-name=05-opcache.ini opcache",
  "docker-php-source extract",
  "docker-php-source delete",
  "docker-php-ext-configure gd --with-freetype --with-jpeg=/usr/include/",
  "docker-php-ext-enable opcache",
  "pecl install redis-6.0.2 apcu",
  "CFLAGS=-O2 docker-php-ext-install sockets",
])("%s leaves extensions and nothing else", (text) => {
  expect(makesExtensions(invocationOf(text)!.call)).toBe(true);
});

test.each([
  "docker-php-ext-install $EXTENSIONS",
  "docker-php-ext-install",
  "docker-php-ext-install --ini-name /etc/zip.ini zip",
  "docker-php-ext-install --ini-name $NAME zip",
  "docker-php-ext-configure gd --with-jpeg=$FOLDER",
  "docker-php-source list",
  "docker-php-ext-enable /opt/own.so",
  "pecl install /tmp/own.tgz",
  "pecl install own.tgz",
  "pecl config-set php_ini /etc/php.ini",
  "PHP_INI_DIR=/etc/php docker-php-ext-install zip",
])("%s may leave more", (text) => {
  expect(makesExtensions(invocationOf(text)!.call)).toBe(false);
});
