import { subcommands } from "./subcommands.ts";

/** Programs that bring tools in from elsewhere, and unpack and trust them: what they do doesn't depend on the app. */
export const fetch = subcommands({
  name: "fetch",
  commands: [
    ...["curl", "wget", "tar", "unzip", "gunzip", "bunzip2", "xz", "gpg", "gpg2", "gpgconf", "apt-key", "dpkg", "rpm"],
    ...["add-apt-repository", "update-ca-certificates", "dpkg-reconfigure", "locale-gen", "debconf-set-selections"],
    ...["sha1sum", "sha256sum", "sha512sum", "apt-mark", "ldconfig", "dpkg-architecture", "docker-php-ext-install"],
    ...["docker-php-ext-configure", "docker-php-ext-enable", "pecl", "a2enmod", "a2ensite", "a2dismod", "setcap"],
  ],
  purposes: {},
  otherwise: "system",
});

/** Git, as far as it fetches other people's sources. */
export const git = subcommands({
  name: "git",
  purposes: { system: ["clone", "lfs install"], files: ["config"] },
  valued: ["-c", "-C"],
});
