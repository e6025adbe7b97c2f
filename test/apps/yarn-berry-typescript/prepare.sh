# The release that yarnPath names is large; it comes from the registry.
npm pack --silent @yarnpkg/cli-dist@4.9.2
mkdir -p .yarn/releases
tar -xzf yarnpkg-cli-dist-4.9.2.tgz -C .yarn/releases --strip-components=2 package/bin/yarn.js
mv .yarn/releases/yarn.js .yarn/releases/yarn.cjs
rm yarnpkg-cli-dist-4.9.2.tgz
