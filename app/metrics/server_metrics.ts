/** Metrics of a running server, read from `/metrics`. */
export class ServerMetrics {
  constructor(private values: Record<string, number>) {}

  /** Null when no server answers within a second. */
  static async fetch(url: string): Promise<ServerMetrics | null> {
    try {
      const response = await fetch(new URL('/metrics', url), {
        redirect: 'error',
        signal: AbortSignal.timeout(1_000),
      })
      if (!response.ok) return null
      return new ServerMetrics(parse(await response.text()))
    } catch {
      return null
    }
  }

  /** Human-readable lines. */
  lines() {
    const age = this.#value('kirana_change_feed_heartbeat_age_seconds')
    const [hits, misses] = ['hit', 'miss'].map((outcome) => {
      return this.#value(`kirana_cache_reads_total{outcome="${outcome}"}`)
    })
    const refused = this.#value('kirana_cache_fills_total{outcome="refused"}')
    const setAside = this.#value('kirana_changes_set_aside_total')
    return [
      age < 0
        ? 'feed     nothing heard yet'
        : `feed     heard ${age.toFixed(1)} s ago, ${setAside} set aside`,
      `cache    ${hits} hits, ${misses} misses, ${refused} fills refused`,
      ...this.#searchLines(),
    ]
  }

  /** Empty when only the embedded engine is used, which has no index. */
  #searchLines() {
    const outcomes = ['engine', 'behind', 'unavailable']
    const [engine, behind, unavailable] = outcomes.map((outcome) => {
      return this.#value(`kirana_searches_total{outcome="${outcome}"}`)
    })
    const position = this.#value('kirana_search_index_position_bytes')
    const lag = Math.max(0, this.#value('kirana_primary_position_bytes') - position)
    return [
      ...(position > 0 ? [`index    ${lag} bytes behind`] : []),
      ...(engine + behind + unavailable > 0
        ? [
            `search   ${engine} from the engine, ${behind} behind it, ${unavailable} while it was away`,
          ]
        : []),
    ]
  }

  toJSON() {
    return this.values
  }

  #value(name: string) {
    return this.values[name] ?? 0
  }
}

function parse(text: string): Record<string, number> {
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    samples.map((line) => {
      const at = line.lastIndexOf(' ')
      return [line.slice(0, at), Number(line.slice(at + 1))]
    })
  )
}
