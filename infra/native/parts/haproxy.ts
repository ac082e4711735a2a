import { join } from 'node:path'
import { DaemonPart } from '../daemon_part.ts'
import { HOST, isListening } from '../probes.ts'
import { PROJECT_ROOT } from '../stack_settings.ts'

/** HAProxy: balances reads over the replicas, configured as in docker compose. */
export class Haproxy extends DaemonPart {
  readonly name = 'haproxy'
  readonly packages = { haproxy: 'haproxy' }

  get version() {
    return this.stack.settings.versions.haproxy
  }

  isReady() {
    return isListening(this.port)
  }

  protected async prepare() {
    const { ports } = this.stack.settings
    return {
      program: '/usr/sbin/haproxy',
      parameters: ['-db', '-f', join(PROJECT_ROOT, 'infra/haproxy/haproxy.cfg')],
      env: {
        POSTGRES_PRIMARY: `${HOST}:${ports.primary}`,
        POSTGRES_REPLICA_1: `${HOST}:${ports['replica-1']}`,
        POSTGRES_REPLICA_2: `${HOST}:${ports['replica-2']}`,
        READ_BIND: `${HOST}:${this.port}`,
        STATS_BIND: `${HOST}:${ports.haproxyStatistics}`,
      },
    }
  }
}
