import { join } from 'node:path'
import { cached, run } from './installation.ts'
import type { StackContext } from './part.ts'
import { PROJECT_ROOT } from './stack_settings.ts'

const FILES = join(PROJECT_ROOT, 'infra/native/kafka')
const installing = new Map<string, Promise<string>>()

/** Directory with `libs` and `plugins` of Kafka, Connect and Debezium; downloaded by Maven on first use. */
export function kafkaDistribution({ settings, say }: StackContext) {
  const { kafka, debezium, log4j } = settings.versions
  const name = `kafka-${kafka}-debezium-${debezium}`
  const build = async (draft: string) => {
    say(`fetching Kafka ${kafka} and Debezium ${debezium} (60 MB)`)
    const versions = { kafka, debezium, log4j }
    const properties = Object.entries(versions).map(([key, value]) => `-D${key}.version=${value}`)
    const pom = join(FILES, 'pom.xml')
    const maven = ['-q', '-B', '-ntp', '-f', pom, ...properties, `-Dtarget=${draft}`, 'package']
    await run('mvn', maven)
  }
  if (!installing.has(name)) {
    const result = cached(settings.cacheDirectory, name, build)
    installing.set(name, result)
    result.catch(() => installing.delete(name))
  }
  return installing.get(name)!
}

/** Parameters of `java` for a class of Kafka. @param options additional JVM options */
export function javaParameters(distribution: string, options: string[], ...command: string[]) {
  return [
    ...options,
    '-XX:+UseSerialGC',
    '-Djava.net.preferIPv4Stack=true',
    `-Dlog4j2.configurationFile=${join(FILES, 'log4j2.yaml')}`,
    '-cp',
    join(distribution, 'libs', '*'),
    ...command,
  ]
}
