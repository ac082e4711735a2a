import { DaemonPart } from '../daemon_part.ts'
import { ask, HOST } from '../probes.ts'

/** Redis: cache, sessions and rate limits. Data survives a restart, except the last second. */
export class Redis extends DaemonPart {
  readonly name = 'redis'
  readonly packages = { 'redis-server': 'redis-server' }

  get version() {
    return this.stack.settings.versions.redis
  }

  async isReady() {
    return (await ask(this.port, 'PING\r\n')).startsWith('+PONG')
  }

  protected async prepare() {
    const settings = {
      bind: HOST,
      port: this.port,
      dir: this.ownDirectory(),
      save: '',
      appendonly: 'yes',
      appendfsync: 'everysec',
      daemonize: 'no',
    }
    const parameters = Object.entries(settings).flatMap(([name, value]) => [
      `--${name}`,
      `${value}`,
    ])
    return { program: '/usr/bin/redis-server', parameters }
  }
}
