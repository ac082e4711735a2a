import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { DatabaseError } from 'pg'
import { CitySchema } from '#database/schema'
import { CityRefused } from '#exceptions/city_refused'
import Shop from '#models/shop'

/** The database finds the city of a shop by any of its names, and adds a city that is not known. */
export default class City extends CitySchema {
  static selfAssignPrimaryKey = true

  /** The name of the city that people call so, in either language and any spelling; null when it is not known. */
  static async named(typed: string, client: QueryClientContract = db.connection()) {
    const { rows } = await client.rawQuery('SELECT known_city(?) AS name', [typed])
    return rows[0].name as string | null
  }

  static async findNamed(typed: string, client?: QueryClientContract): Promise<City | null> {
    const name = await this.named(typed, client)
    return name === null ? null : this.findOrFail(name, { client })
  }

  /** The city with exactly this name, apart from case and blanks: "Indore City" is none of Indore's. */
  static findCalled(name: string, client: QueryClientContract): Promise<City | null> {
    return this.query({ client })
      .whereRaw('name = (SELECT city FROM city_names WHERE key = name_key(?))', [name])
      .first()
  }

  /** Cities by name with their number of open shops. */
  static async listing({ unnamed = false } = {}) {
    const cities = await this.query()
      .if(unnamed, (query) => query.whereNull('name_hi'))
      .select('*', Shop.open().whereColumn('city', 'cities.name').count('*').as('shops'))
      .orderBy('name')
    return cities.map(({ name, nameHi, otherNames, $extras }) => {
      return { name, nameHi, otherNames, shops: Number($extras.shops) }
    })
  }

  /**
   * Adds a city, or to a city that is known what is new of it.
   *
   * @throws CityRefused when another city has one of the names, or a name is empty or too long
   */
  static introduce(name: string, names: { nameHi?: string; otherNames?: string[] }) {
    return attempt(async (client) => {
      const known = await this.findCalled(name, client)
      const city = known ?? new City().fill({ name, otherNames: [] })
      city.merge({ nameHi: names.nameHi ?? city.nameHi })
      city.alsoCalled(names.otherNames ?? [])
      await city.useTransaction(client).save()
      return (await this.findCalled(name, client))!
    })
  }

  /**
   * Renames the city, or gives its shops and names to the city that has that name already.
   *
   * @throws CityRefused when the name is empty or too long
   */
  rename(this: City, to: string): Promise<City> {
    return attempt(async (client) => {
      const known = await City.findCalled(to, client)
      if (known && known.name !== this.name) return known.takeOver(this, client)
      await City.query({ client }).where('name', this.name).update({ name: to })
      return (await City.findCalled(to, client))!
    })
  }

  /** All names of the other city lead to this one. */
  async takeOver({ name, nameHi, otherNames }: City, client: TransactionClientContract) {
    await Shop.query({ client }).where('city', name).update({ city: this.name })
    await City.query({ client }).where('name', name).delete()
    this.alsoCalled([name, ...(nameHi ? [nameHi] : []), ...otherNames])
    return this.useTransaction(client).save()
  }

  alsoCalled(names: string[]) {
    this.otherNames = [...new Set([...this.otherNames, ...names])]
  }
}

function attempt(change: (client: TransactionClientContract) => Promise<City>): Promise<City> {
  return db.transaction(change).catch((error: DatabaseError) => {
    throw CityRefused.from(error)
  })
}
