import { kill } from 'node:process'
import { podman, podmanAgrees, podmanSays } from './podman.ts'

/** How a container ended. */
export interface Ending {
  /** 137 if it had to be killed. */
  code: number
  /** From the command to stop it, podman's own start included; 0 if it had ended before. */
  seconds: number
}

/** A container of a composed stack. */
export class ComposedContainer {
  constructor(readonly name: string) {}

  exists() {
    return podmanAgrees('container', 'exists', this.name)
  }

  /** A fact by a Go template, such as `{{.State.Pid}}`. */
  inspect(template: string) {
    return podman('inspect', `--format=${template}`, this.name)
  }

  /** Runs its health check once. */
  isHealthy() {
    return podmanAgrees('healthcheck', 'run', this.name)
  }

  /** Pause between two health checks, in milliseconds. */
  async healthInterval() {
    return Number(await this.inspect('{{.Config.Healthcheck.Interval.Milliseconds}}'))
  }

  /** When it was started, when its last health check was made, and when it ended. */
  async times() {
    const state = JSON.parse(await this.inspect('{{json .State}}'))
    const [started, finished] = [state.StartedAt, state.FinishedAt].map((text) => new Date(text))
    const checks: { End: string }[] = state.Health?.Log ?? state.Healthcheck?.Log ?? []
    return { started, finished, checked: new Date(checks.at(-1)?.End ?? Number.NaN) }
  }

  /** The port of this machine that leads to a port of the container. */
  async port(inside: number) {
    const address = await podman('port', this.name, `${inside}/tcp`)
    return Number(address.split(':').at(-1))
  }

  execute(...words: string[]) {
    return podman('exec', this.name, ...words)
  }

  /** The end of what it wrote. */
  log(lines: number) {
    return podmanSays('logs', `--tail=${lines}`, this.name)
  }

  /** Kills its first process from outside: podman takes it for a crash. */
  async crash() {
    kill(Number(await this.inspect('{{.State.Pid}}')), 'SIGKILL')
  }

  /** Stops it within its grace period, unless it has ended before. */
  async stop(): Promise<Ending> {
    const told = Date.now()
    await podman('stop', this.name)
    const { finished } = await this.times()
    const code = Number(await this.inspect('{{.State.ExitCode}}'))
    return { code, seconds: Math.max(0, finished.getTime() - told) / 1_000 }
  }
}
