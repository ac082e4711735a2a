import { flags } from '@adonisjs/core/ace'
import type { ConnectorDefinition } from '#connectors/connector_definition'
import { Connectors } from '#connectors/connectors'
import { ConnectorsCommand } from '#commands/connectors_command'
import { deleteTopics, dropSlot } from '#connectors/leftovers'

export default class ConnectorsReset extends ConnectorsCommand {
  static commandName = 'connectors:reset'
  static description = 'Delete the connectors with their offsets, slot and topics'
  static help = [
    'For a source whose slot was lost, or to start over. Unprocessed changes still reach the search index:',
    'register the connectors again, then rebuild it.',
    'May be repeated when it was interrupted.',
    '',
    'It asks for confirmation. In a script or without a terminal nobody can be asked: it then needs --force.',
    '',
    'The sink reads its topics from the beginning after that; servers build the search index again, and search in',
    'PostgreSQL meanwhile.',
  ]

  @flags.boolean({ description: 'Do not ask for confirmation; needed without a terminal' })
  declare force: boolean

  /** Whether a terminal is attached. */
  protected canAsk = process.stdin.isTTY

  protected async perform(definitions: ConnectorDefinition[]) {
    const losses = lossesOf(definitions)
    if (!this.force && !this.canAsk)
      return this.fail(
        `Nothing was changed. This deletes ${losses}, and there is no terminal to ask for confirmation: repeat it with --force`,
        'E_DECLINED'
      )
    if (!(await this.#isWanted(losses))) return this.fail('Nothing was changed', 'E_DECLINED')
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

  async #isWanted(losses: string) {
    return this.force || this.prompt.confirm('Delete', { hint: losses })
  }
}

/** Only the source has a slot and topics. */
function lossesOf(definitions: ConnectorDefinition[]) {
  const names = definitions.map(({ name }) => name).join(' and ')
  const hasSlot = definitions.some(({ slot }) => slot)
  return hasSlot ? `${names}, offsets, slot and topics` : `${names} and its offsets`
}
