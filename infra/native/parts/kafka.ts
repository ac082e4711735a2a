import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { DaemonPart } from '../daemon_part.ts'
import { StackError } from '../errors.ts'
import { JAVA_PACKAGES, javaHome } from '../java.ts'
import { javaParameters, kafkaDistribution } from '../kafka_distribution.ts'
import { ask, HOST } from '../probes.ts'
import { makeDirectory, PROJECT_ROOT } from '../stack_settings.ts'

const SETTINGS = join(PROJECT_ROOT, 'infra/native/kafka/server.properties')
const HEAP = ['-Xms128m', '-Xmx384m', '-XX:TieredStopAtLevel=1']

// ApiVersions request: key 18, version 0, correlation id 0, no client id.
const API_VERSIONS = Buffer.from('0000000a0012000000000000ffff', 'hex')

/** Kafka: a single node in combined mode. */
export class Kafka extends DaemonPart {
  readonly name = 'kafka'
  readonly packages = JAVA_PACKAGES

  get version() {
    return this.stack.settings.versions.kafka
  }

  async install() {
    await kafkaDistribution(this.stack)
  }

  async isReady() {
    return (await ask(this.port, API_VERSIONS)).length > 0
  }

  protected async prepare() {
    const distribution = await kafkaDistribution(this.stack)
    const settingsFile = this.#writeSettings()
    const data = this.ownDirectory()
    if (!existsSync(join(data, 'meta.properties'))) await this.#format(distribution, settingsFile)
    const parameters = javaParameters(distribution, HEAP, 'kafka.Kafka', settingsFile)
    return { program: join(javaHome(), 'bin/java'), parameters }
  }

  #writeSettings() {
    const { ports, directory } = this.stack.settings
    const broker = `${HOST}:${this.port}`
    const controller = `${HOST}:${ports.kafkaController}`
    const own = [
      `controller.quorum.voters=1@${controller}`,
      `listeners=PLAINTEXT://${broker},CONTROLLER://${controller}`,
      `advertised.listeners=PLAINTEXT://${broker}`,
      `log.dirs=${join(directory, this.name)}`,
    ]
    const file = join(makeDirectory(directory, 'config'), 'kafka.properties')
    this.stack.runner.write(file, `${readFileSync(SETTINGS, 'utf8')}\n${own.join('\n')}\n`)
    return file
  }

  async #format(distribution: string, settingsFile: string) {
    this.say('formatting an empty log')
    const command = ['kafka.tools.StorageTool', 'format', '-t', newClusterId(), '-c', settingsFile]
    const { exitCode, output } = await this.stack.runner.run(
      join(javaHome(), 'bin/java'),
      javaParameters(distribution, HEAP, ...command)
    )
    if (exitCode !== 0) throw new StackError(`Kafka's log could not be formatted:\n${output}`)
  }
}

/** 16 bytes in base64url (22 characters), not starting with `-`. */
function newClusterId() {
  return randomBytes(16).toString('base64url').replace(/^-/, 'A')
}
