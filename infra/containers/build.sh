#!/usr/bin/env bash
# Builds the Dockerfile with podman, on the stand-in of base.sh. npm inside the build gets this machine's
# settings and certificates, where it has some.
set -euo pipefail
cd "$(dirname "$0")"
. ./settings.sh
./base.sh

options=(--pull=never --format docker --network=host "${limits[@]}"
  --build-context "$official=container-image://$base")
npmrc=$(npm config get userconfig)
if [ -f "$npmrc" ]; then options+=(--volume "$npmrc:/root/.npmrc:ro"); fi
if [ -f "${NODE_EXTRA_CA_CERTS:-}" ]; then
  options+=(--volume "$NODE_EXTRA_CA_CERTS:/run/certificates.pem:ro"
    --env NODE_EXTRA_CA_CERTS=/run/certificates.pem)
fi
container_engine build "${options[@]}" --tag "$image" "$project"
