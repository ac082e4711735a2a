import { flags } from '@adonisjs/core/ace'
import type { ConnectorDefinition } from '#connectors/connector_definition'
import { Connectors } from '#connectors/connectors'
import { ConnectorsCommand } from '#commands/connectors_command'
import { deleteTopics, dropSlot } from '#connectors/leftovers'

const UNCHANGED = 'Nothing was changed. Where nobody can be asked, say --force'

export default class ConnectorsReset extends ConnectorsCommand {
  static commandName = 'connectors:reset'
  static description = 'Delete the connectors with their offsets, slot and topics'
  static help = [
    'For a source whose slot was lost, or to start over. Unprocessed changes still reach the search index:',
    'register the connectors again, then rebuild it.',
    'May be repeated when it was interrupted.',
  ]

  @flags.boolean({ description: 'Do not ask for confirmation' })
  declare force: boolean

  /** Whether a terminal is attached. */
  protected canAsk = process.stdin.isTTY

  protected async perform(definitions: ConnectorDefinition[]) {
    if (!(await this.#isWanted(definitions))) return this.fail(UNCHANGED, 'E_DECLINED')
    const connectors = await this.app.container.make(Connectors)
    const report = { connectors: [] as string[], slots: [] as string[], topics: [] as string[] }
    for (const definition of definitions) {
      await connectors.forget(definition)
      report.connectors.push(definition.name)
    }
    for (const { slot, topics } of definitions) {
      if (slot) report.slots.push(...(await this.#dropSlot(slot)))
      if (topics.length > 0) report.topics.push(...(await this.#deleteTopics(topics)))
    }
    if (this.json) return this.logger.log(JSON.stringify(report, null, 2))
    for (const [what, names] of Object.entries(report)) {
      this.logger.success(`${what} removed: ${names.join(', ') || 'none'}`)
    }
    this.logger.info('Run connectors:register to start over')
  }

  async #dropSlot(slot: string) {
    const db = await this.app.container.make('lucid.db')
    return (await dropSlot(db, slot)) ? [slot] : []
  }

  #deleteTopics(topics: string[]) {
    return deleteTopics(this.app.config.get<string[]>('connectors.brokers'), topics)
  }

  async #isWanted(definitions: ConnectorDefinition[]) {
    if (this.force) return true
    if (!this.canAsk) return false
    return this.prompt.confirm('Take away', {
      hint: `${definitions.map(({ name }) => name).join(' and ')}, offsets, slot and topics`,
    })
  }
}
