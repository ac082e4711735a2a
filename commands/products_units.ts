import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { unreadUnits } from '#models/unread_units'

export default class ProductsUnits extends BaseCommand {
  static commandName = 'products:units'
  static description = 'List units of packs that were not understood, by shop'
  static options: CommandOptions = { startApp: true }
  static help = [
    'A pack whose unit says no net quantity, such as "1 packet", counts as one piece. Its owner',
    'finds it in the to-do of the shop; nothing is changed here.',
    '```',
    '{{ binaryName }} products:units --json',
    '```',
  ]

  @flags.boolean({ description: 'Print JSON' })
  declare json: boolean

  async run() {
    const shops = await unreadUnits()
    if (this.json) return this.logger.log(JSON.stringify(shops, null, 2))
    for (const { products, shop, city, owner, units } of shops) {
      const words = units.map((unit) => `"${unit}"`).join(', ')
      this.logger.log(`${String(products).padStart(6)}  ${shop}, ${city} (${owner}): ${words}`)
    }
    const total = shops.reduce((sum, { products }) => sum + products, 0)
    if (total === 0) this.logger.log('All units are understood')
    else this.logger.log(`${String(total).padStart(6)}  products in ${shops.length} shops`)
  }
}
