import { ownBytes, ownText } from '#memory/own_memory'
import { EncodedBody } from '#markup/encoded_body'
import { splitAtHoles, withoutIndentation, type Fill, type HoleName } from '#markup/holes'

interface Hole {
  name: HoleName
  of: string
}

/** A rendered page that is the same for everybody, with holes for what is not. */
export class Markup {
  #whole: EncodedBody | null = null

  private constructor(private parts: (Buffer | Hole)[]) {}

  static of(html: string) {
    const pieces = splitAtHoles(withoutIndentation(html))
    const bytes = ownBytes(pieces.filter((_, at) => at % 3 === 0).join(''))
    let end = 0
    const next = (text: string) => bytes.subarray(end, (end += Buffer.byteLength(text)))
    const parts: (Buffer | Hole)[] = [next(pieces[0])]
    for (let at = 1; at < pieces.length; at += 3) {
      const [name, of, text] = pieces.slice(at, at + 3)
      parts.push({ name: name as HoleName, of: ownText(of) }, next(text))
    }
    return new Markup(parts)
  }

  get byteLength() {
    return this.parts.reduce((sum, part) => sum + (Buffer.isBuffer(part) ? part.length : 0), 0)
  }

  /** Whether it has no holes. */
  get isComplete() {
    return this.parts.length === 1
  }

  /** Whether it is different each time it is sent. */
  get isForOne() {
    return this.has('form_key')
  }

  has(hole: HoleName) {
    return this.parts.some((part) => !Buffer.isBuffer(part) && part.name === hole)
  }

  /** With the markup of the page's section in its place. */
  around(section: Markup) {
    return new Markup(
      this.parts.flatMap((part) =>
        !Buffer.isBuffer(part) && part.name === 'section' ? section.parts : part
      )
    )
  }

  filled(fill: Fill) {
    const filled: Buffer[] = []
    for (const part of this.parts) {
      if (Buffer.isBuffer(part)) {
        filled.push(part)
        continue
      }
      const text = fill(part.name, part.of)
      if (text) filled.push(Buffer.from(text))
    }
    return Buffer.concat(filled)
  }

  /** Filled for those of whom nothing is known, kept with its compressed forms. */
  whole(fill: Fill) {
    return (this.#whole ??= new EncodedBody(ownBytes(this.filled(fill))))
  }
}
