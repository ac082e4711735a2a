import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DaemonPart } from '../daemon_part.ts'
import { elasticsearchDistribution } from '../elasticsearch_distribution.ts'
import { JAVA_PACKAGES, javaHome } from '../java.ts'
import { answersOk, HOST } from '../probes.ts'

// A small node on a shared machine: fast startup matters more than peak performance.
const OPTIONS = ['-Xms512m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']

/** Elasticsearch: a single node without security, listening on localhost only. */
export class Elasticsearch extends DaemonPart {
  readonly name = 'elasticsearch'
  readonly packages = { ...JAVA_PACKAGES, unzip: 'unzip' }

  get version() {
    return this.stack.settings.versions.elasticsearch
  }

  async install() {
    await elasticsearchDistribution(this.stack)
  }

  isReady() {
    const health = '_cluster/health?wait_for_status=yellow&timeout=2s'
    return answersOk(`http://${HOST}:${this.port}/${health}`)
  }

  /** Replaces `bin/elasticsearch`, which this distribution lacks. */
  protected async prepare() {
    const home = await elasticsearchDistribution(this.stack)
    const own = this.ownDirectory()
    const configuration = this.#configure(home)
    return {
      program: '/bin/bash',
      parameters: [join(home, 'bin/elasticsearch-cli')],
      env: {
        HOME: own,
        HOSTNAME: 'localhost',
        JAVA: join(javaHome(), 'bin/java'),
        JAVA_TYPE: 'ES_JAVA_HOME',
        ES_JAVA_HOME: javaHome(),
        ES_HOME: home,
        ES_PATH_CONF: configuration,
        ES_TMPDIR: this.ownDirectory('tmp'),
        ES_DISTRIBUTION_TYPE: 'zip',
        CLI_JAVA_OPTS: '-XX:TieredStopAtLevel=1',
        CLI_NAME: 'server',
        CLI_LIBS: 'lib/tools/server-cli',
      },
    }
  }

  #configure(home: string) {
    const { runner, settings, runDirectory } = this.stack
    const configuration = this.ownDirectory('config')
    copyFileSync(join(home, 'config/log4j2.properties'), join(configuration, 'log4j2.properties'))

    const machine = readFileSync(join(home, 'config/jvm.options'), 'utf8')
      .replaceAll(/^.*-(Xlog:gc|XX:\+UseG1GC).*$/gm, '')
      .replaceAll(/^(.*-XX:ErrorFile=).*$/gm, `$1${runDirectory}/elasticsearch_%p.log`)
    const options = [machine, ...OPTIONS, ...settings.elasticsearchOptions]
    runner.write(join(configuration, 'jvm.options'), `${options.join('\n')}\n`)

    const node = {
      'cluster.name': 'kirana-ghar',
      'node.name': 'node-1',
      'path.data': this.ownDirectory('data'),
      'path.logs': this.ownDirectory('logs'),
      'http.host': HOST,
      'http.port': this.port,
      'transport.host': HOST,
      'transport.port': settings.ports.elasticsearchTransport,
      'discovery.type': 'single-node',
      'xpack.security.enabled': false,
      // The serial collector keeps garbage until the heap is full, which the breaker would count.
      'indices.breaker.total.use_real_memory': false,
      'cluster.routing.allocation.disk.threshold_enabled': false,
      'action.destructive_requires_name': true,
    }
    const lines = Object.entries(node).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    runner.write(join(configuration, 'elasticsearch.yml'), `${lines.join('\n')}\n`)
    return configuration
  }
}
