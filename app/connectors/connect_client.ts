import { setTimeout as delay } from 'node:timers/promises'
import { Exception } from '@adonisjs/core/exceptions'

/** Kafka Connect is unreachable; `cause` is the network error. */
export class ConnectUnreachable extends Exception {
  static code = 'E_CONNECT_UNREACHABLE'
}

/** Kafka Connect rejected the request. */
export class ConnectRefused extends Exception {
  static code = 'E_CONNECT_REFUSED'
}

export interface ConnectOptions {
  /** Timeout of one response, in milliseconds; validating a configuration queries the database. */
  timeout: number
  /** How long to retry a request that Connect cannot handle now (409 while it rebalances, 5xx), in milliseconds. */
  patience: number
  /** Pause between attempts, in milliseconds. */
  pause: number
}

export interface ConnectStatus {
  connector: { state: string; trace?: string }
  tasks: { id: number; state: string; trace?: string }[]
}

export type ConnectorConfig = Record<string, string>

/** Client of a Kafka Connect worker's REST API. */
export class ConnectClient {
  constructor(
    private url: string,
    private options: ConnectOptions
  ) {}

  /** Connector classes installed on the worker. */
  async plugins(): Promise<string[]> {
    const plugins = await this.#ask('GET', '/connector-plugins')
    return plugins.map((plugin: { class: string }) => plugin.class)
  }

  /** Null when there is no such connector. */
  status(name: string): Promise<ConnectStatus | null> {
    return this.#ask('GET', `/connectors/${name}/status`)
  }

  /** Creates the connector or updates its configuration. */
  async configure(name: string, config: ConnectorConfig) {
    await this.#ask('PUT', `/connectors/${name}/config`, config)
  }

  /** Creates a connector without starting it. */
  async createStopped(name: string, config: ConnectorConfig) {
    await this.#ask('POST', '/connectors', { name, config, initial_state: 'STOPPED' })
  }

  async restartFailed(name: string) {
    await this.#ask('POST', `/connectors/${name}/restart?includeTasks=true&onlyFailed=true`)
  }

  async resume(name: string) {
    await this.#ask('PUT', `/connectors/${name}/resume`)
  }

  /** Stops the tasks; configuration and offsets stay. Returns whether the connector exists. */
  async stop(name: string): Promise<boolean> {
    const { status } = await this.#request('PUT', `/connectors/${name}/stop`)
    return status !== 404
  }

  /** Deletes the offsets of a stopped connector. */
  async deleteOffsets(name: string) {
    await this.#ask('DELETE', `/connectors/${name}/offsets`)
  }

  async delete(name: string) {
    await this.#ask('DELETE', `/connectors/${name}`)
  }

  async #ask(method: string, path: string, body?: object) {
    const { ok, json } = await this.#request(method, path, body)
    return ok ? json : null
  }

  async #request(method: string, path: string, body?: object) {
    const deadline = Date.now() + this.options.patience
    for (;;) {
      const response = await this.#send(method, path, body)
      if (response.ok || response.status === 404) return response
      const passing = response.status === 409 || response.status >= 500
      if (!passing || Date.now() > deadline) {
        throw new ConnectRefused(
          `Kafka Connect at ${this.url} answered ${response.status} to ${method} ${path}: ${response.message}`
        )
      }
      await delay(this.options.pause)
    }
  }

  async #send(method: string, path: string, body?: object) {
    try {
      const response = await fetch(new URL(path, this.url), {
        method,
        redirect: 'error',
        headers: { 'accept': 'application/json', 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(this.options.timeout),
      })
      const text = await response.text()
      const json = parseJson(text)
      const message = json?.message ?? (text || response.statusText)
      return { ok: response.ok, status: response.status, json, message: message as string }
    } catch (error) {
      throw new ConnectUnreachable(
        `Kafka Connect does not answer at ${this.url} (${reason(error)}): check CONNECT_URL`,
        { cause: error }
      )
    }
  }
}

function parseJson(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function reason(error: any): string {
  return error.cause?.code ?? error.cause?.message ?? error.message
}
