import { EmbeddedCluster } from '#infra/embedded_postgres/cluster'
import type { EmbeddedPostgresError } from '#infra/embedded_postgres/errors'

/** A process that owns a cluster, for tests that kill it. Says how far it has come, one JSON a line. */
const say = (message: object) => console.log(JSON.stringify(message))

try {
  const cluster = await EmbeddedCluster.start({
    directory: process.argv[2],
    onProgress: (progress) => say({ progress }),
  })
  say({ primaryUrl: cluster.primaryUrl, standbyUrl: cluster.standbyUrl })
  setInterval(() => {}, 60_000)
} catch (error) {
  say({ code: (error as EmbeddedPostgresError).code })
  process.exit(1)
}
