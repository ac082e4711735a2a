import type { ReadThrough } from '#caches/read_through'
import City from '#models/city'
import type { SessionClock } from '#replication/session_clock'

const KEY = 'cities'

/** PostgreSQL cannot store it, so it is in no name. */
const NUL = '\0'

/** A city's name, and its name in Hindi where that is known. */
export type CityNames = Pick<City, 'name' | 'nameHi'>

/** Cached names of cities: what pages call them, and what people call them. */
export class CityCache {
  constructor(private readThrough: ReadThrough) {}

  all(clock: SessionClock): Promise<CityNames[]> {
    return this.readThrough.get(KEY, 'names', clock, async (client) => {
      const cities = await City.query({ client }).orderBy('name')
      return cities.map(({ name, nameHi }) => ({ name, nameHi }))
    })
  }

  /** The name of the city that was typed so, or what was typed when there is no such city. */
  async named(typed: string, clock: SessionClock): Promise<string> {
    const cities = await this.all(clock)
    if (typed.includes(NUL) || cities.some(({ name }) => name === typed)) return typed
    const named = await this.readThrough.get(KEY, `called:${typed}`, clock, async (client) => ({
      city: await City.named(typed, client),
    }))
    return named.city ?? typed
  }

  /** Keys to invalidate when a city changes. */
  keysOf() {
    return [KEY]
  }
}
