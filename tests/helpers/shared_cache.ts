interface Kept {
  path: string
  /** What the answer depends on, as the request had it. */
  by: [name: string, value: string | null][]
  answer: Answer
}

export interface Answer {
  status: number
  headers: Headers
  body: string
}

type Ask = (path: string, headers: Headers) => Promise<Answer>

/** A cache in front of the server that many browsers share. It obeys `Cache-Control` and `Vary`. */
export class SharedCache {
  #kept: Kept[] = []
  /** How often a kept page was given out. */
  hits = 0

  /** @param compares whether it asks the server before each use, or answers requests of one moment with one page */
  constructor(
    private ask: Ask,
    private compares: boolean
  ) {}

  async get(path: string, headers: Headers): Promise<Answer> {
    const kept = this.#kept.find((one) => one.path === path && fits(one, headers))
    if (kept && !this.compares) return this.#hit(kept)
    const usable = this.#kept.filter((one) => one.path === path && canRead(headers, one))
    const asked = new Headers(headers)
    if (usable.length > 0) {
      asked.set('if-none-match', usable.map(({ answer }) => tagOf(answer)).join(', '))
    }
    const answer = await this.ask(path, asked)
    if (answer.status !== 304) return this.#keep(path, headers, answer)
    return this.#hit(usable.find((one) => tagOf(one.answer) === tagOf(answer))!)
  }

  #hit({ answer }: Kept) {
    this.hits++
    return answer
  }

  #keep(path: string, headers: Headers, answer: Answer) {
    const control = answer.headers.get('cache-control') ?? ''
    if (/private|no-store/.test(control) || answer.status !== 200) return answer
    const names = (answer.headers.get('vary') ?? '').split(/, */).filter(Boolean)
    const by = names.map((name) => [name, headers.get(name)] as Kept['by'][number])
    this.#kept.push({ path, by, answer })
    return answer
  }
}

const fits = ({ by }: Kept, headers: Headers) =>
  by.every(([name, value]) => headers.get(name) === value)

function canRead(headers: Headers, { answer }: Kept) {
  const encoding = answer.headers.get('content-encoding')
  return encoding === null || encoding === headers.get('accept-encoding')
}

const tagOf = ({ headers }: Answer) => headers.get('etag')
