/** Apps whose sources run as they are, and releases of Elixir: for split-builder. */
import fc from "fast-check";
import type { Case } from "./case.ts";
import type { Files } from "./minimal-projects.ts";

interface App {
  readonly base: string;
  readonly settings: readonly string[];
  /** Whether Node makes its scripts and styles. */
  readonly node?: boolean;
  /** What the installs read, where it is copied ahead. */
  readonly manifests: string;
  readonly installs: readonly string[];
  readonly builds: readonly string[];
  readonly start: readonly string[];
  readonly files: Files;
}

const BESIDE: Files = { "tables/brest.csv": "00:00,1.4\n", "tests/tides.txt": "high\n", "README.md": "# Tides\n" };

const named = fc.constantFrom("tables/brest.csv", "tests/tides.txt", "requirements.txt", "README.md");

const MANIFESTS: Readonly<Record<string, string>> = {
  pip: "requirements.txt",
  uv: "pyproject.toml uv.lock",
  pipenv: "Pipfile Pipfile.lock",
  poetry: "pyproject.toml poetry.lock",
};

const python: fc.Arbitrary<App> = fc
  .record({
    base: fc.constantFrom("python:3.12-slim-bookworm", "python:3-slim", "python:3.12", "ubuntu:22.04"),
    place: fc.constantFrom("/opt/venv", "/app/.venv", ".venv", "", "--user", "--target=lib"),
    installer: fc.constantFrom("pip", "uv", "pipenv", "poetry"),
    upgrade: fc.boolean(),
    named,
  })
  .map(({ base, place, installer, upgrade, named }) => {
    const isEnvironment = place.endsWith("venv");
    const option = place.startsWith("--") ? ` ${place}` : "";
    const path = place.startsWith("/") ? place : `/app/${place}`;
    const own: Readonly<Record<string, Partial<App>>> = {
      pip: {
        settings: isEnvironment ? [`RUN python -m venv ${place}`, `ENV PATH="${path}/bin:$PATH"`] : [],
        installs: [...(upgrade ? ["pip install --upgrade pip"] : []), `pip install${option} -r requirements.txt`],
      },
      uv: { settings: ["COPY --from=ghcr.io/astral-sh/uv:0.8.0 /uv /bin/uv"], installs: ["uv sync --frozen"] },
      pipenv: { settings: ["RUN pip install pipenv"], installs: ["pipenv install --system --deploy"] },
      poetry: {
        settings: [...(upgrade ? [] : ["ENV POETRY_VIRTUALENVS_CREATE=false"]), "RUN pip install poetry"],
        installs: [...(upgrade ? ["poetry config virtualenvs.create false"] : []), "poetry install --no-root"],
      },
    };
    const { settings = [], installs = [] } = own[installer]!;
    return {
      base,
      settings,
      manifests: MANIFESTS[installer]!,
      installs,
      builds: [],
      start: ["python", "-m", "tides"],
      files: {
        "requirements.txt": "psycopg2\n",
        "pyproject.toml": '[project]\nname = "tides"\nversion = "1"\nrequires-python = ">=3.9"\n',
        "uv.lock": "version = 1\n",
        "poetry.lock": 'package = []\n\n[metadata]\nlock-version = "2.1"\n',
        Pipfile: "[packages]\n",
        "Pipfile.lock": "{}\n",
        "tides/__main__.py": `open("${named}")\n`,
      },
    };
  });

const ruby: fc.Arbitrary<App> = fc
  .record({
    place: fc.constantFrom("", "vendor/bundle", "/gems"),
    frozen: fc.boolean(),
    precompiles: fc.boolean(),
    production: fc.boolean(),
    importmap: fc.boolean(),
    executes: fc.boolean(),
    named,
  })
  .map(({ place, frozen, precompiles, production, importmap, executes, named }) => ({
    base: "ruby:3.3-slim-bookworm",
    node: precompiles,
    settings: [
      ...(place === "" ? [] : [`ENV BUNDLE_PATH=${place}`]),
      ...(frozen ? ["ENV BUNDLE_FROZEN=1"] : []),
      ...(production ? ["ENV RAILS_ENV=production"] : []),
      "RUN gem install bundler",
    ],
    manifests: "Gemfile Gemfile.lock",
    installs: ["bundle config set --local without development", "bundle install"],
    builds: precompiles ? ["bundle exec rails assets:precompile"] : [],
    start: ["bundle", "exec", "rails", "server"],
    files: {
      Gemfile: 'source "https://packages.example"\n\ngem "rails"\n',
      "Gemfile.lock": `GEM\n  remote: https://packages.example/\n  specs:\n${executes ? "    execjs (2.9.1)\n" : ""}    rails (7.2.2)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  rails\n`,
      "app/javascript/tides.js": "0\n",
      "app/assets/stylesheets/tides.scss": "a { b: c }\n",
      "app/models/tide.rb": `File.read("${named}")\n`,
      "config/importmap.rb": importmap ? 'pin_all_from "app/javascript/tides"\n' : "",
    },
  }));

const php: fc.Arbitrary<App> = fc
  .record({
    assets: fc.boolean(),
    served: fc.boolean(),
    extensions: fc.constantFrom(
      [],
      ["RUN docker-php-ext-install zip"],
      ["RUN apt-get update && apt-get install -y libzip-dev && docker-php-ext-install -j$(nproc) zip"],
      [
        "RUN apt-get update && apt-get install -y libzip-dev",
        "RUN docker-php-ext-install zip",
        "RUN pecl install redis",
      ],
    ),
    behind: fc.constantFrom(
      [],
      ["RUN a2enmod rewrite"],
      ["RUN apt-get update && apt-get install -y tini libpng-dev"],
      ["RUN echo 'a=1' >> /usr/local/etc/php/conf.d/tides.ini"],
      ["RUN a2enmod rewrite", "RUN docker-php-ext-enable redis"],
    ),
    named,
  })
  .map(({ assets, served, extensions, behind, named }) => ({
    base: "php:8.3-apache-bookworm",
    node: assets,
    settings: [...extensions, ...behind, "COPY --from=composer:2 /usr/bin/composer /usr/bin/composer"],
    manifests: "composer.json composer.lock",
    installs: ["composer install --no-dev"],
    builds: assets ? ["npm ci", "npm run build"] : [],
    start: served ? ["npm", "start"] : ["apache2-foreground"],
    files: {
      "composer.json": '{ "name": "tides/web" }',
      "composer.lock": '{ "packages": [], "packages-dev": [] }',
      "public/index.php": `<?php\nreadfile("${named}");\n`,
      "resources/js/tides.js": "0\n",
      "package.json":
        '{ "scripts": { "build": "vite build", "start": "node tides.js" }, "devDependencies": { "vite": "6.0.0" } }',
      "package-lock.json": '{ "lockfileVersion": 3, "packages": {} }',
      "vite.config.js": 'export default { build: { outDir: "public/build" } };\n',
    },
  }));

const elixir: fc.Arbitrary<App> = fc
  .record({
    environment: fc.constantFrom("prod", "dev", ""),
    release: fc.constantFrom("release", "release tides", "compile"),
    named,
  })
  .map(({ environment, release, named }) => ({
    base: "elixir:1.18",
    settings: [...(environment === "" ? [] : [`ENV MIX_ENV=${environment}`]), "RUN mix local.hex --force"],
    manifests: "mix.exs mix.lock",
    installs: ["mix deps.get", "mix deps.compile"],
    builds: [`mix ${release}`],
    start:
      release === "compile"
        ? ["mix", "run", "--no-halt"]
        : [`_build/${environment === "" ? "dev" : environment}/rel/tides/bin/tides`, "start"],
    files: {
      "mix.exs":
        'defmodule Tides.MixProject do\n  use Mix.Project\n  def project, do: [app: :tides, version: "1.0.0"]\nend\n',
      "mix.lock": "%{}\n",
      "lib/tides.ex": `defmodule Tides do\n  File.read!("${named}")\nend\n`,
    },
  }));

/** How people get Node, one RUN each. */
const NODE: readonly (readonly string[])[] = [
  [],
  ["apt-get update && apt-get install -y nodejs npm"],
  [
    "apt-get update && apt-get install -y curl",
    "curl https://deb.nodesource.com/setup_20.x | bash -",
    "apt-get install -y nodejs",
  ],
  [
    "curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && apt-get install -y nodejs libpq-dev && npm install -g yarn",
  ],
];

/** With compilers before the installs and perhaps none behind them, manifests copied ahead or not, and a user at the end or before. */
export const interpretedApps: fc.Arbitrary<Case> = fc
  .record({
    app: fc.oneof(python, ruby, php, elixir),
    brings: fc.constantFrom(...NODE),
    tools: fc.constantFrom("gcc libpq-dev", "git", "build-essential", ""),
    removal: fc.constantFrom("", "", "purge -y", "remove -y", "autoremove -y", "purge -y --auto-remove"),
    ahead: fc.boolean(),
    late: fc.boolean(),
    user: fc.constantFrom("", "before", "after", "owns"),
    joined: fc.boolean(),
  })
  .map(({ app, brings, tools, removal, ahead, late, user, joined }) => {
    const { base, settings, node, manifests, installs, builds, start, files } = app;
    const steps = joined ? [[...installs, ...builds].join(" && ")] : [...installs, ...builds];
    const account = user === "" ? [] : ["RUN useradd --create-home sailor"];
    const become = ["USER sailor"];
    const copy = user === "owns" ? "COPY --chown=sailor . ." : "COPY . .";
    // A COPY behind the installs brings what they don't read.
    const isLate = late && ahead && builds.length === 0;
    const lines = [
      `FROM ${base}`,
      ...(tools === "" ? [] : [`RUN apt-get update && apt-get install -y ${tools}`]),
      ...(node ? brings.map((step) => `RUN ${step}`) : []),
      ...account,
      "WORKDIR /app",
      ...settings,
      ...(user === "before" ? become : []),
      ...(ahead ? [`COPY ${manifests} ./`] : [copy]),
      ...(ahead && !isLate && !joined ? [`RUN ${steps[0]}`, copy, ...steps.slice(1).map((step) => `RUN ${step}`)] : []),
      ...(ahead && !isLate && joined ? [copy] : []),
      ...(!ahead || isLate || joined ? steps.map((step) => `RUN ${step}`) : []),
      ...(tools === "" || removal === ""
        ? []
        : [`RUN apt-get ${removal} ${tools} && ${joined ? "apt-get clean" : "rm -rf /var/lib/apt/lists/*"}`]),
      ...(isLate ? [copy] : []),
      ...(user === "after" || user === "owns" ? become : []),
      `CMD ${JSON.stringify(start)}`,
    ];
    return { text: `${lines.join("\n")}\n`, files: { ...BESIDE, ...files } };
  });
