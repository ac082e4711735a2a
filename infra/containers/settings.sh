# Shared by the scripts of this folder, which source it.
# shellcheck shell=bash disable=SC2034

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
official=$(sed -n 's/^FROM \(node:[^ ]*\).*/\1/p' "$project/Dockerfile" | head -1)
base=localhost/kirana-ghar-node:${official#node:}
image=localhost/kirana-ghar-tested

# runc, because crun refuses machines that have cgroups of version 1 alone.
container_engine() {
  podman --runtime runc "$@"
}

# The limits of the engine itself may be lower than podman's defaults.
limits=(--ulimit nofile=4096:4096 --ulimit nproc=2048:2048)
