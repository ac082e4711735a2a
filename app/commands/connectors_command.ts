import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import {
  CONNECTOR_KINDS,
  ConnectorDefinition,
  type ConnectorKind,
} from '#connectors/connector_definition'
import { isRunning, type ConnectorState } from '#connectors/connector_state'

/** Base of the connector commands: flags, definitions and error reporting. */
export abstract class ConnectorsCommand extends BaseCommand {
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'Only the source, or only the sink' })
  declare only?: string

  @flags.boolean({ description: 'Print JSON' })
  declare json: boolean

  protected abstract perform(definitions: ConnectorDefinition[]): Promise<void>

  async run() {
    try {
      await this.perform(await this.#definitions())
    } catch (error: any) {
      if (!error.code) throw error
      this.fail(error.message || error.code, error.code)
    }
  }

  protected fail(message: string, code: string) {
    this.exitCode = 1
    if (this.json) this.logger.log(JSON.stringify({ error: message, code }))
    else this.logger.error(message)
  }

  /** Prints the state of each connector; the exit code is 0 only when all run. */
  protected tell(states: ConnectorState[]) {
    if (!states.every(isRunning)) this.exitCode = 1
    if (this.json) return this.logger.log(JSON.stringify(states, null, 2))
    for (const state of states) {
      if (isRunning(state)) this.logger.success(this.line(state))
      else this.logger.error(this.line(state))
    }
  }

  protected line({ name, state, tasks, problem }: ConnectorState) {
    if (state === 'RUNNING') return `${name} is RUNNING, ${tasks} task`
    return `${name} is ${state}${problem ? `: ${problem}` : ''}`
  }

  async #definitions() {
    const needed = this.app.config.get<ConnectorKind[]>('connectors.needed')
    const usual = needed.includes('sink') ? CONNECTOR_KINDS : (['source'] as const)
    const wanted = this.only ? CONNECTOR_KINDS.filter((kind) => kind === this.only) : usual
    if (wanted.length === 0) {
      throw Object.assign(new Error('--only must be source or sink'), { code: 'E_INVALID_FLAG' })
    }
    const partitions = this.app.config.get<number>('connectors.partitions')
    const read = async (kind: ConnectorKind) =>
      (await ConnectorDefinition.read(kind, this.app.appRoot)).inPartitions(partitions)
    return Promise.all(wanted.map(read))
  }
}
