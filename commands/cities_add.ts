import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { CityRefused } from '#exceptions/city_refused'
import City from '#models/city'

export default class CitiesAdd extends BaseCommand {
  static commandName = 'cities:add'
  static description = 'Add a city, its Hindi name, or other names that people type'
  static options: CommandOptions = { startApp: true }
  static help = [
    'A city that is known already, in any spelling, gets what is new.',
    '```',
    '{{ binaryName }} cities:add Dewas --hindi=देवास',
    '{{ binaryName }} cities:add Bengaluru --also=Bangalore --also=बैंगलोर',
    '```',
  ]

  @args.string({ description: 'Its name in English' })
  declare name: string

  @flags.string({ description: 'Its name in Hindi' })
  declare hindi?: string

  @flags.array({ description: 'Another name that people type' })
  declare also?: string[]

  async run() {
    const names = { nameHi: this.hindi, otherNames: this.also }
    try {
      const { name, nameHi } = await City.introduce(this.name, names)
      this.logger.success(`${name}${nameHi ? ` (${nameHi})` : ''} is known`)
    } catch (error) {
      if (!(error instanceof CityRefused)) throw error
      this.exitCode = 1
      this.logger.error(error.message)
    }
  }
}
