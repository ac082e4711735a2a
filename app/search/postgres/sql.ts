/** A piece of a statement together with the values for its placeholders. */
export interface Sql {
  text: string
  bindings: unknown[]
}

/** Puts a statement together: pieces go in as they are, every other value as a placeholder. */
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

/** The pieces one after another with `separator` between them. */
export function join(pieces: Sql[], separator: string): Sql {
  return {
    text: pieces.map(({ text }) => text).join(separator),
    bindings: pieces.flatMap(({ bindings }) => bindings),
  }
}

/** A whole number that is part of the statement itself, because the planner does better when it knows it. */
export function int(value: number): Sql {
  return { text: String(Math.trunc(value)), bindings: [] }
}

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'text' in value && 'bindings' in value
}
