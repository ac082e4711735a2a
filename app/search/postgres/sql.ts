/** A fragment of a statement with its placeholder values. */
export interface Sql {
  text: string
  bindings: unknown[]
}

/** Builds a statement: fragments are embedded, other values become placeholders. */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Sql {
  const bindings: unknown[] = []
  const text = strings.reduce((done, string, index) => {
    const value = values[index - 1]
    if (isSql(value)) {
      bindings.push(...value.bindings)
      return done + value.text + string
    }
    bindings.push(value)
    return `${done}?${string}`
  })
  return { text, bindings }
}

/** Joins fragments with `separator`. */
export function join(pieces: Sql[], separator: string): Sql {
  return {
    text: pieces.map(({ text }) => text).join(separator),
    bindings: pieces.flatMap(({ bindings }) => bindings),
  }
}

/** Embeds an integer literally, where the planner benefits from knowing it. */
export function int(value: number): Sql {
  return { text: String(Math.trunc(value)), bindings: [] }
}

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'text' in value && 'bindings' in value
}
