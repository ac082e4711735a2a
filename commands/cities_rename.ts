import { args, BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { CityRefused } from '#exceptions/city_refused'
import { Knowledge } from '#knowledge/knowledge'
import City from '#models/city'

export default class CitiesRename extends BaseCommand {
  static commandName = 'cities:rename'
  static description = 'Rename a city, or join it to the city that has that name'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Its shops follow, and people still find it by its old name.',
    '```',
    '{{ binaryName }} cities:rename Gurgaon Gurugram',
    '```',
  ]

  @args.string({ description: 'One of its names now' })
  declare from: string

  @args.string({ description: 'Its name in English from now on' })
  declare to: string

  async run() {
    const city = await City.findNamed(this.from)
    if (!city) return this.#fail(`There is no city ${this.from}`)
    try {
      const { name } = await city.rename(this.to)
      const knowledge = await this.app.container.make(Knowledge)
      await knowledge.settle()
      this.logger.success(`${city.name} is now ${name}`)
    } catch (error) {
      if (!(error instanceof CityRefused)) throw error
      this.#fail(error.message)
    }
  }

  #fail(message: string) {
    this.exitCode = 1
    this.logger.error(message)
  }
}
