import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../project_root.ts'
import type { HealthCheck, Service } from './compose_file.ts'

const LOCALHOST = '127.0.0.1'

/** Docker grants more open files than a process may have on some machines. */
const MOST_FILES = 65_536
const MOST_PROCESSES = 4096

/** Limits that podman can set here: it may be allowed to lower its own, not to raise them. */
export const LIMITS = [
  `--ulimit=nofile=${grantable('n', MOST_FILES)}`,
  `--ulimit=nproc=${grantable('u', MOST_PROCESSES)}`,
]

/** A key of a service that has no meaning here: an option that is left out silently would be a false proof. */
export class UnknownServiceKey extends Error {
  static readonly code = 'E_UNKNOWN_SERVICE_KEY'
  readonly code = UnknownServiceKey.code
}

type Options = { [Key in keyof Service]-?: (value: NonNullable<Service[Key]>) => string[] }

const nothing = () => []

/** What each key of a service is as options of `podman run`. Composition sees to the empty ones. */
const OPTIONS: Omit<Options, 'volumes'> = {
  image: nothing,
  build: nothing,
  entrypoint: (words) => [`--entrypoint=${JSON.stringify(words)}`],
  command: nothing,
  dns_opt: (options) => options.map((option) => `--dns-option=${option}`),
  environment: (variables) =>
    Object.entries(variables).map(([name, value]) => `--env=${name}=${value}`),
  // On a port of the system's choice: two stacks can be up at once.
  ports: (ports) => ports.map((port) => `--publish=${LOCALHOST}::${port.split(':').at(-1)}`),
  depends_on: nothing,
  healthcheck: healthOptions,
  deploy: nothing,
  profiles: nothing,
  restart: (policy) => [`--restart=${policy}`],
  stop_signal: (signal) => [`--stop-signal=${signal}`],
  shm_size: (size) => [`--shm-size=${size.replace(/mb$/, 'm')}`],
  // LIMITS are at least the file's, where the machine has that much.
  ulimits: nothing,
  read_only: (isReadOnly) => (isReadOnly ? ['--read-only', '--read-only-tmpfs=false'] : []),
  cap_drop: (names) => names.map((name) => `--cap-drop=${name}`),
  cap_add: (names) => names.map((name) => `--cap-add=${name}`),
  // Docker's `no-new-privileges:true` is podman's `no-new-privileges`.
  security_opt: (options) =>
    options.map((option) => `--security-opt=${option.replace(/:true$/, '')}`),
}

/**
 * A service as options of `podman run`.
 *
 * @param project prefix of the names of volumes
 * @throws UnknownServiceKey
 */
export function containerOptions(service: Service, project: string) {
  const options = Object.entries(service).flatMap(([key, value]) => {
    if (key === 'volumes') return volumeOptions(value as string[], project)
    const option = OPTIONS[key as keyof typeof OPTIONS] as
      ((value: unknown) => string[]) | undefined
    if (!option) throw new UnknownServiceKey(`No option of podman is known for ${key}`)
    return option(value)
  })
  return ['--pull=never', ...LIMITS, ...options]
}

function volumeOptions(volumes: string[], project: string) {
  return volumes.map((volume) => {
    const [source, ...rest] = volume.split(':')
    const from = source.startsWith('.') ? join(PROJECT_ROOT, source) : `${project}_${source}`
    return `--volume=${[from, ...rest].join(':')}`
  })
}

function healthOptions({ test = [], disable, ...times }: HealthCheck) {
  if (disable) return ['--no-healthcheck']
  const [kind, ...words] = test
  const command = kind === 'CMD-SHELL' ? words[0] : words.map(quoted).join(' ')
  return [
    // Debian's podman splits it at spaces, unless it is for a shell.
    `--health-cmd=CMD-SHELL ${command}`,
    ...Object.entries(times).map(([name, value]) => `--health-${name.replace('_', '-')}=${value}`),
  ]
}

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`

function grantable(option: string, most: number) {
  const own = execFileSync('bash', ['-c', `ulimit -H${option}`], { encoding: 'utf8' }).trim()
  return Math.min(most, own === 'unlimited' ? most : Number(own))
}
