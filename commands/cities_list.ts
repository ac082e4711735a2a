import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import City from '#models/city'

export default class CitiesList extends BaseCommand {
  static commandName = 'cities:list'
  static description = 'List cities with their names and shops'
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Only cities without a Hindi name' })
  declare unnamed: boolean

  @flags.boolean({ description: 'Print JSON' })
  declare json: boolean

  async run() {
    const cities = await City.listing({ unnamed: this.unnamed })
    if (this.json) return this.logger.log(JSON.stringify(cities, null, 2))
    for (const { name, nameHi, otherNames, shops } of cities) {
      const names = [name, nameHi, ...otherNames].filter(Boolean)
      this.logger.log(`${String(shops).padStart(6)}  ${names.join(', ')}`)
    }
    if (cities.length === 0) this.logger.log('No such cities')
  }
}
