#!/bin/sh
# Writes the secrets that docker-compose.yml needs into .env, random ones. What is there is kept.
set -eu
cd "$(dirname "$0")/../.."
umask 077

[ -f .env ] || cp .env.example .env
for name in APP_KEY METRICS_TOKEN POSTGRES_PASSWORD DATABASE_PASSWORD REPLICATION_PASSWORD \
  DEBEZIUM_PASSWORD REDIS_PASSWORD; do
  if grep -q "^$name=." .env; then continue; fi
  secret=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
  draft=$(mktemp .env.XXXXXX)
  { grep -v "^$name=" .env || true; echo "$name=$secret"; } > "$draft"
  mv "$draft" .env
  echo "Wrote $name to .env"
done
