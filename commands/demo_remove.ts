import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { removeDemo, type Removal } from '#database/demo/remove'
import { demoStock, type DemoStock } from '#database/demo/stock'
import { Knowledge } from '#knowledge/knowledge'

export default class DemoRemove extends BaseCommand {
  static commandName = 'demo:remove'
  static description = 'Remove demo accounts with their shops, products and orders'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Removes what seed:demo made, and what demo accounts did with each other.',
    'Accounts, shops and orders of other people stay. A demo shop that they have',
    'ordered from stays too, closed: its open orders are cancelled, and its',
    'customers still see their orders, refunds and khata.',
    '',
    'Can be run beside a running server, and again after it was interrupted.',
    'Later starts do not seed again.',
  ]

  @flags.boolean({ description: 'Do not ask for confirmation' })
  declare force: boolean

  /** Whether a terminal is attached. */
  protected canAsk = process.stdin.isTTY

  async run() {
    const stock = await demoStock()
    if (stock.accounts === 0) return this.logger.info('There are no demo accounts')
    this.#announce(stock)
    if (!(await this.#isWanted())) {
      this.exitCode = 1
      return this.logger.error('Nothing was changed. Use --force to run without confirmation')
    }
    const removal = await removeDemo((done) => {
      if (process.stdout.isTTY) this.logger.logUpdate(`shops: ${done} of ${stock.shops}`)
    })
    this.logger.logUpdatePersist()
    const knowledge = await this.app.container.make(Knowledge)
    await knowledge.settle()
    await this.#tell(removal)
  }

  async #isWanted() {
    return this.force || (this.canAsk && (await this.prompt.confirm('Remove them?')))
  }

  #announce(stock: DemoStock) {
    const { accounts, shops, products, orders, sharedShops } = stock
    this.logger.info(
      `Demo data: ${format(accounts)} accounts with ${format(shops)} shops, ` +
        `${format(products)} products and ${format(orders)} orders of their own`
    )
    if (sharedShops > 0) {
      this.logger.warning(
        `${format(sharedShops)} of the shops have orders or khatas of other people: ` +
          'they stay, closed, and their open orders are cancelled'
      )
    }
  }

  async #tell({ accounts, shops, keptShops, keptAccounts }: Removal) {
    this.logger.success(`${format(accounts)} accounts and ${format(shops)} shops removed`)
    for (const shop of keptShops) {
      const { refunds, owed, ahead } = await shop.standing()
      this.logger.warning(
        `"${shop.name}" in ${shop.city} (${shop.owner.username}) is closed; ` +
          `refunds due: ${refunds.count}, khatas to settle: ${owed.count + ahead.count}`
      )
    }
    if (keptAccounts.length === 0) return
    const names = keptAccounts.map(({ username }) => username).join(', ')
    this.logger.warning(`These accounts have traded with other people and stay, locked: ${names}`)
  }
}

function format(number: number) {
  return number.toLocaleString('en-IN')
}
