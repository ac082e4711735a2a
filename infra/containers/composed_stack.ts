import { setTimeout as sleep } from 'node:timers/promises'
import type { Composition, Service } from './compose_file.ts'
import { ComposedContainer, type Ending } from './composed_container.ts'
import { containerOptions } from './container_options.ts'
import { podman, podmanAgrees } from './podman.ts'

/** Longer than the file's own start periods: a slow machine is no fault of the stack. */
const PATIENCE_MS = 300_000

/** A service did not become healthy, or ended with an error; the message has the end of its log. */
export class ServiceFailed extends Error {
  static readonly code = 'E_SERVICE_FAILED'
  readonly code = ServiceFailed.code
}

/**
 * A Compose file in containers, by the rules of `docker compose`: networks, volumes, names, order of start and
 * stop. It exists because podman-compose waits for healthy services only with a newer podman than Debian's, and
 * podman checks their health by itself only under systemd.
 */
export class ComposedStack {
  readonly #services: Record<string, Service>

  constructor(
    private composition: Composition,
    /** Prefix of all names, as `--project-name`. */
    readonly project: string
  ) {
    const services = Object.entries(composition.services)
    this.#services = Object.fromEntries(services.filter(([, { profiles }]) => !profiles?.length))
  }

  /** Names of the services that `up` starts. */
  get services() {
    return Object.keys(this.#services)
  }

  /** Services that must be ready before this one, and in which way. */
  needs(service: string) {
    const needs = Object.entries(this.#services[service].depends_on ?? {})
    return needs.map(([needed, { condition }]) => ({ needed, condition }))
  }

  /** Containers of a service, one for each of its replicas. */
  containers(service: string) {
    const { deploy } = this.#services[service]
    return Array.from({ length: deploy?.replicas ?? 1 }, (_, index) => {
      return new ComposedContainer(`${this.project}-${service}-${index + 1}`)
    })
  }

  /** The only container of a service, or its first. */
  container(service: string) {
    return this.containers(service)[0]
  }

  /**
   * Creates what is missing and starts all services, each when those it depends on are ready; resolves when all
   * are healthy, or completed.
   *
   * @throws ServiceFailed
   */
  async up() {
    if (!(await podmanAgrees('network', 'exists', this.#network))) {
      await podman('network', 'create', this.#network)
    }
    const ready = new Map<string, Promise<void>>()
    for (const name of this.#inOrder()) ready.set(name, this.#bringUp(name, ready))
    const results = await Promise.allSettled(ready.values())
    const failure = results.find((result) => result.status === 'rejected')
    if (failure) throw failure.reason
  }

  /** Stops all services, dependents first, and resolves with how each container ended. */
  async stop() {
    const stopped = new Map<string, Promise<void>>()
    const endings: Record<string, Ending> = {}
    for (const name of this.#inOrder().reverse()) {
      const dependents = this.services.filter((other) =>
        this.needs(other).some(({ needed }) => needed === name)
      )
      const before = Promise.all(dependents.map((other) => stopped.get(other)))
      const stopAll = async () => {
        await before
        await Promise.all(
          this.containers(name).map(async (container) => {
            endings[container.name] = await container.stop()
          })
        )
      }
      stopped.set(name, stopAll())
    }
    await Promise.all(stopped.values())
    return endings
  }

  /** Removes containers and network, and volumes only if told to. Stopped containers are not needed for it. */
  async down({ volumes }: { volumes: boolean }) {
    const names = this.services.flatMap((name) => this.containers(name).map(({ name: id }) => id))
    await podman('rm', '--force', '--ignore', '--time=0', '--volumes', ...names)
    if (await podmanAgrees('network', 'exists', this.#network)) {
      await podman('network', 'rm', '--force', this.#network)
    }
    if (!volumes) return
    for (const name of Object.keys(this.composition.volumes)) {
      await podman('volume', 'rm', '--force', this.#volume(name))
    }
  }

  /** Removes the containers of a service, with a volume of the file, as `docker compose rm --stop --force`. */
  async remove(service: string, { volume }: { volume: string }) {
    for (const { name } of this.containers(service)) await podman('rm', '--force', '--time=0', name)
    await podman('volume', 'rm', '--force', this.#volume(volume))
  }

  /** Runs another command in a new container of a service, as `docker compose run --rm`. Resolves with its output. */
  run(service: string, ...command: string[]) {
    return podman(
      'run',
      '--rm',
      ...this.#options(service),
      this.#services[service].image,
      ...command
    )
  }

  async #bringUp(name: string, ready: Map<string, Promise<void>>) {
    await Promise.all(this.needs(name).map(({ needed }) => ready.get(needed)))
    const { image, command = [], restart } = this.#services[name]
    await Promise.all(
      this.containers(name).map(async (container) => {
        const options = [`--name=${container.name}`, ...this.#options(name)]
        if (await container.exists()) await podman('start', container.name)
        else await podman('run', '--detach', ...options, image, ...command)
        await (restart ? this.#awaitHealth(container) : this.#awaitCompletion(container))
      })
    )
  }

  async #awaitHealth(container: ComposedContainer) {
    const interval = await container.healthInterval()
    const until = performance.now() + PATIENCE_MS
    while (!(await container.isHealthy())) {
      if (performance.now() > until) await this.#fail(container, 'is not healthy')
      await sleep(interval)
    }
  }

  async #awaitCompletion(container: ComposedContainer) {
    const code = await podman('wait', container.name)
    if (code !== '0') await this.#fail(container, `ended with ${code}`)
  }

  async #fail(container: ComposedContainer, what: string) {
    throw new ServiceFailed(`${container.name} ${what}:\n${await container.log(15)}`)
  }

  #options(name: string) {
    const alias = [`--network=${this.#network}`, `--network-alias=${name}`]
    return [...alias, ...containerOptions(this.#services[name], this.project)]
  }

  /** Every service after those that it depends on. */
  #inOrder() {
    const ordered = new Set<string>()
    const add = (name: string) => {
      for (const { needed } of this.needs(name)) add(needed)
      ordered.add(name)
    }
    for (const name of this.services) add(name)
    return [...ordered]
  }

  #volume(name: string) {
    return `${this.project}_${name}`
  }

  get #network() {
    return `${this.project}_default`
  }
}
