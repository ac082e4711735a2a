/** What a page showed, as data or as HTML: the version of each product that was on it. */
export type Versions = Map<string, number>

/** Higher than any version: the product was deleted. */
const DELETED = Number.POSITIVE_INFINITY

/** When each version of each product was committed, as far as those who wrote it know. */
export class History {
  #committed = new Map<string, { version: number; at: number }[]>()
  #deleting = new Set<string>()

  wrote(product: string, version: number) {
    const versions = this.#committed.get(product) ?? []
    const place = versions.findLastIndex((other) => other.version < version) + 1
    versions.splice(place, 0, { version, at: performance.now() })
    this.#committed.set(product, versions)
  }

  /** Said before the delete is sent: from here on the product may be missing. */
  deletes(product: string) {
    this.#deleting.add(product)
  }

  deleted(product: string) {
    this.wrote(product, DELETED)
  }

  mayBeGone(product: string) {
    return this.#deleting.has(product)
  }

  /** For how long, at `time`, there had been something newer than this version; 0 when there was not. */
  staleness(product: string, version: number, time: number) {
    const versions = this.#committed.get(product) ?? []
    const newer = versions.slice(versions.findLastIndex((other) => other.version <= version) + 1)
    return Math.max(0, ...newer.map(({ at }) => time - at))
  }
}

/** What was found wrong with one of the systems. */
export class Findings {
  reads = 0
  staleOwnWrites = 0
  nonMonotonicReads = 0
  differingAfterQuiet = 0
  longestStaleness = 0
  /** The first few, in words. */
  examples: string[] = []

  get wrong() {
    return this.staleOwnWrites + this.nonMonotonicReads + this.differingAfterQuiet
  }

  example(text: string) {
    if (this.examples.length < 5) this.examples.push(text)
  }
}

/** What one session has written and seen, and what it must therefore never see again. */
export class SessionChecker {
  #written = new Map<string, number>()
  #seen = new Map<string, number>()

  constructor(
    private name: string,
    private history: History,
    private findings: Findings
  ) {}

  wrote(product: string, version: number) {
    this.#written.set(product, version)
  }

  deleted(product: string) {
    this.wrote(product, DELETED)
  }

  /** A page with all of a shop's products, asked for at `time`; `known` are those there ever were. */
  saw(shown: Versions, known: Iterable<string>, time: number) {
    this.findings.reads++
    const [stale, older] = [this.findings.staleOwnWrites, this.findings.nonMonotonicReads]
    for (const product of new Set([...known, ...shown.keys()])) {
      this.#check(product, shown.get(product), time)
    }
    // A read is wrong once, however many products on the page are.
    this.findings.staleOwnWrites = Math.min(this.findings.staleOwnWrites, stale + 1)
    this.findings.nonMonotonicReads = Math.min(this.findings.nonMonotonicReads, older + 1)
  }

  #check(product: string, shown: number | undefined, time: number) {
    const [written, seen] = [this.#written.get(product) ?? 0, this.#seen.get(product) ?? 0]
    // Not there yet, or not there any more: who does not know the product cannot tell.
    if (shown === undefined && written === 0 && seen === 0) return
    const version = shown ?? (this.history.mayBeGone(product) ? DELETED : 0)
    const staleness = this.history.staleness(product, version, time)
    this.findings.longestStaleness = Math.max(this.findings.longestStaleness, staleness)
    const what = `${this.name}: version ${version} of ${product.slice(-6)}`
    if (version < written) {
      this.findings.staleOwnWrites++
      this.findings.example(`${what} after writing ${written}`)
    }
    if (version < seen) {
      this.findings.nonMonotonicReads++
      this.findings.example(`${what} after seeing ${seen}`)
    }
    if (version > seen) this.#seen.set(product, version)
  }
}
