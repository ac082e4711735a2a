import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import { parse } from 'yaml'

const run = promisify(execFile)
const IMAGE = 'localhost/kirana-ghar-tested'
const OUTPUT = { maxBuffer: 64 * 1024 * 1024 }

/** The same as infra/containers/settings.sh. */
const engine = async (...words: string[]) => {
  const { stdout } = await run('podman', ['--runtime', 'runc', ...words], OUTPUT)
  return stdout
}

/** `.ci/run` removes what has this name after a test that was killed. */
const named = () => `--name=kirana-ghar-test-${randomUUID()}`

const CREATE = [
  '--pull=never',
  '--network=host',
  '--ulimit=nofile=4096:4096',
  '--ulimit=nproc=2048:2048',
]

export const buildImage = () => run(app.makePath('infra/containers/build.sh'), [], OUTPUT)

/** A service of docker-compose.yml that runs the application. */
export function composed(name: 'app' | 'migrate') {
  const text = readFileSync(app.makePath('docker-compose.yml'), 'utf8')
  return parse(text, { merge: true }).services[name]
}

/** Restrictions that docker-compose.yml sets on the container. */
function restrictions({ read_only: isReadOnly, cap_drop: capabilities = [], ...service }: any) {
  return [
    ...(isReadOnly ? ['--read-only', '--read-only-tmpfs=false'] : []),
    ...capabilities.map((name: string) => `--cap-drop=${name}`),
    ...(service.security_opt ?? []).map((option: string) => {
      return `--security-opt=${option.replace(/:true$/, '')}`
    }),
  ]
}

const variables = (env: Record<string, string>) =>
  Object.entries(env).map(([name, value]) => `--env=${name}=${value}`)

/** The application's image, run as in docker-compose.yml, on the host network. */
export class Container {
  private constructor(private id: string) {}

  static async start(env: Record<string, string>) {
    const options = [named(), ...CREATE, ...restrictions(composed('app')), ...variables(env)]
    return new Container((await engine('run', '--detach', ...options, IMAGE)).trim())
  }

  /** Runs the service to completion. */
  static once(name: 'migrate', env: Record<string, string>) {
    const service = composed(name)
    const options = [named(), ...CREATE, ...restrictions(service), ...variables(env)]
    return engine('run', '--rm', ...options, IMAGE, ...service.command)
  }

  read(file: string) {
    return engine('exec', this.id, 'cat', file)
  }

  execute(...words: string[]) {
    return engine('exec', this.id, ...words)
  }

  /** Rejects if the image's health check fails. */
  checkHealth() {
    return engine('healthcheck', 'run', this.id)
  }

  log() {
    return engine('logs', this.id)
  }

  /** The exit code; 137 if it had to be killed. */
  async stop(patience: number) {
    await engine('stop', `--time=${patience}`, this.id)
    return Number(await engine('inspect', '--format={{.State.ExitCode}}', this.id))
  }

  remove() {
    return engine('rm', '--force', '--time=0', this.id)
  }
}
