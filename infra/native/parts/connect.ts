import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { APPLICATION_DATABASE } from '../../embedded_postgres/settings.ts'
import { DaemonPart } from '../daemon_part.ts'
import { JAVA_PACKAGES, javaHome } from '../java.ts'
import { javaParameters, kafkaDistribution } from '../kafka_distribution.ts'
import type { PartName } from '../part.ts'
import { answersOk, HOST } from '../probes.ts'
import { DEBEZIUM_ROLE } from '../roles.ts'
import { makeDirectory, PROJECT_ROOT } from '../stack_settings.ts'

const SETTINGS = join(PROJECT_ROOT, 'infra/connect/worker.properties')
const HEAP = ['-Xms128m', '-Xmx512m', '-XX:TieredStopAtLevel=1']

/** Kafka Connect with Debezium, configured as in docker compose. */
export class Connect extends DaemonPart {
  readonly name = 'connect'
  readonly packages = JAVA_PACKAGES
  readonly needs: PartName[] = ['kafka']

  get version() {
    return this.stack.settings.versions.kafka
  }

  async install() {
    await kafkaDistribution(this.stack)
  }

  isReady() {
    return answersOk(`http://${HOST}:${this.port}/connectors`)
  }

  protected async prepare() {
    const { ports, passwords, connectPlugins } = this.stack.settings
    const distribution = await kafkaDistribution(this.stack)
    const plugins = [join(distribution, 'plugins'), connectPlugins].filter(Boolean).join(',')
    const settingsFile = this.#writeSettings(plugins)
    return {
      program: join(javaHome(), 'bin/java'),
      parameters: javaParameters(
        distribution,
        HEAP,
        'org.apache.kafka.connect.cli.ConnectDistributed',
        settingsFile
      ),
      env: {
        KIRANA_DATABASE_HOST: HOST,
        KIRANA_DATABASE_PORT: `${ports.primary}`,
        KIRANA_DATABASE_NAME: APPLICATION_DATABASE,
        KIRANA_REPLICATION_USER: DEBEZIUM_ROLE,
        KIRANA_REPLICATION_PASSWORD: passwords.debezium,
        KIRANA_ELASTICSEARCH_URL: `http://${HOST}:${ports.elasticsearch}`,
      },
    }
  }

  #writeSettings(plugins: string) {
    const { ports, directory } = this.stack.settings
    const own = [
      `bootstrap.servers=${HOST}:${ports.kafka}`,
      `listeners=http://${HOST}:${this.port}`,
      `rest.advertised.host.name=${HOST}`,
      `plugin.path=${plugins}`,
    ]
    const file = join(makeDirectory(directory, 'config'), 'connect.properties')
    this.stack.runner.write(file, `${readFileSync(SETTINGS, 'utf8')}\n${own.join('\n')}\n`)
    return file
  }
}
