/** Commands that leave a process running. It ends with its RUN; in a joined RUN the next step would still find it. */
import { baseName, type Words } from "./nested.ts";

/** Programs that go to the background by themselves, or serve until they are stopped. */
const SERVERS = new Set(
  `apache2 atd avahi-daemon beanstalkd cassandra clamd containerd couchdb cron crond cupsd dbus-daemon dbus-launch dnsmasq
  dockerd epmd etcd exim exim4 fail2ban-server gpg-agent haproxy httpd inetd lighttpd mariadbd memcached mongod mosquitto
  mysqld mysqld_safe named nginx nmbd nscd ntpd opendkim openvpn php-fpm postgres postmaster proftpd pulseaudio rabbitmq-server
  redis-server redis-sentinel rpcbind rsyslogd setsid slapd smbd spawn-fcgi squid squid3 ssh-agent sshd supervisord syslog-ng
  syslogd udevd uwsgi varnishd vsftpd watchman winbindd xinetd Xvfb Xorg`.split(/\s+/),
);

/** A server that is only asked for something. */
const ASKED = /^(-t|-T|-v|-V|-VV|-h|-M|-S|--version|--help|--test|--check|--initialize.*|--install.*|--bootstrap)$/;

/** Words that say so in programs of every kind: `service x start`, `pg_ctl -D … start`, `asadmin start-domain`. */
const STARTS =
  /^(re)?start([-_].*)?$|^--?(start|daemon|daemonize|daemonise|detached?|fork|background)(=(yes|true|1))?$|^daemon$/;

const START_PROGRAM = /^(re)?start(?![a-z])|^startup|daemon(ize)?(\.sh)?$/i;

/** Programs whose words are data, or names of packages and users. */
const NO_STARTERS = new Set(
  "adduser addgroup apk apt apt-get chgrp dnf dpkg gem groupadd microdnf pacman pip pip3 useradd usermod yum zypper echo printf grep egrep fgrep sed awk cat test [ git update-rc.d chkconfig systemd-sysusers ln cp mv rm touch mkdir chmod chown tee wget curl".split(
    " ",
  ),
);

/** Programs with a letter of their own for it. */
const LETTERS: ReadonlyMap<string, RegExp> = new Map([
  ["gunicorn", /^-D$/],
  ["screen", /^-d(m|mS|mdS)?/],
  ["tmux", /^-d$/],
  ["mysqld_multi", /^start$/],
  ["freshclam", /^-d$/],
  ["elasticsearch", /^-d$/],
  ["docker-compose", /^up$/],
  ["docker", /^-d$/],
]);

/** Whether the program leaves something running. */
export function isDaemon(words: Words): boolean {
  const [name, ...args] = words;
  if (name === undefined) return args.some((word) => word !== undefined && /^(re)?start$/.test(word));
  const program = baseName(name);
  if (NO_STARTERS.has(program)) return false;
  const asked = args.some((word) => word !== undefined && ASKED.test(word));
  if (SERVERS.has(program) || /^php\d?(\.\d)?-?fpm[\d.]*$/.test(program)) return !asked;
  // `start-stop-daemon --stop` and help texts start nothing.
  if (START_PROGRAM.test(program)) return !asked && !args.includes("--stop");
  if (program === "systemctl" && args.includes("enable")) return args.includes("--now");
  const letter = LETTERS.get(program);
  return args.some((word) => word !== undefined && (STARTS.test(word) || letter?.test(word)));
}
