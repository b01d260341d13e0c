#!/bin/bash
# What the broker's container runs: Kafka on server.properties beside this, with the passwords that `accord prepare` made.
# (The image's own start script writes another configuration, and into the image.)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
kafka=${KAFKA_HOME:-/opt/kafka}
secrets=${ACCORD_KAFKA_SECRETS:?the folder that holds admin-password, users and cluster-id}

# Two steps: a failed command inside `export` would go unseen.
ACCORD_KAFKA_ADMIN_PASSWORD=$(<"$secrets/admin-password")
ACCORD_KAFKA_USERS=$(<"$secrets/users")
cluster=$(<"$secrets/cluster-id")
export ACCORD_KAFKA_ADMIN_PASSWORD ACCORD_KAFKA_USERS

"$kafka/bin/kafka-storage.sh" format --ignore-formatted --cluster-id "$cluster" --config "$here/server.properties"
exec "$kafka/bin/kafka-server-start.sh" "$here/server.properties"
