#!/usr/bin/env bash
# Makes a stand-in for the Dockerfile's `node:…-bookworm-slim` where no registry of images can be reached:
# Debian from Debian's packages, Node and npm from npm's. It is kept, under a name of its own.
set -euo pipefail
cd "$(dirname "$0")"
. ./settings.sh

if container_engine image exists "$base"; then exit; fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=${official#node:}
version=${version%%-*}
case $(uname -m) in
  x86_64) platform=linux-x64 ;;
  aarch64) platform=linux-arm64 ;;
  *) echo "No Node is packaged for $(uname -m)" >&2 && exit 1 ;;
esac

mmdebstrap --quiet --variant=minbase --include=ca-certificates bookworm "$work/debian.tar"
(cd "$work" && npm pack --silent "node-$platform@$version" npm@11 >/dev/null)
mkdir "$work/node" "$work/npm"
tar -xzf "$work"/node-linux-*.tgz -C "$work/node" --strip-components=1
tar -xzf "$work"/npm-*.tgz -C "$work/npm" --strip-components=1

cat > "$work/Containerfile" <<'CONTAINERFILE'
FROM scratch
ADD debian.tar /
COPY node/bin/node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN chmod +x /usr/local/bin/node \
  && ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
  && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
  && groupadd --gid 1000 node \
  && useradd --uid 1000 --gid node --create-home node
CONTAINERFILE
container_engine build --quiet --network=none "${limits[@]}" --tag "$base" "$work" >/dev/null
