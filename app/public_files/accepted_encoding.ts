export const ENCODINGS = ['br', 'gzip'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** The encoding that the client prefers, Brotli if it has no preference; null for none. */
export function acceptedEncoding(header: string | undefined): Encoding | null {
  const asked = (header ?? '').toLowerCase().split(',').map(parse)
  const qualityOf = (name: string) => asked.find((one) => one.name === name)?.quality
  const best = ENCODINGS.map((name) => ({ name, quality: qualityOf(name) ?? qualityOf('*') ?? 0 }))
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
  return best[0]?.name ?? null
}

function parse(part: string) {
  const [name, ...parameters] = part.split(';').map((text) => text.trim())
  const quality = parameters.find((text) => text.startsWith('q='))
  return { name, quality: quality ? Number(quality.slice(2)) : 1 }
}
