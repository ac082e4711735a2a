import { randomUUID } from 'node:crypto'

/** What is put in when a page is sent. */
export type HoleName =
  | ('person' | 'name' | 'badge' | 'waiting' | 'message' | 'form_key' | 'section')
  | ('place' | 'seen' | 'in_cart' | 'bar' | 'bought' | 'delivery')

/** @param of the id of what the hole is about */
export type Fill = (name: HoleName, of?: string) => string

/** Known to this process only and never sent, so that nobody can write it into a text. */
const MARK = randomUUID()
const HOLE = new RegExp(`<${MARK} (\\w+) ([^>]*)>`, 'g')

/** Marks the place of a hole: fills it with something to be filled later. */
export const mark: Fill = (name, of = '') => `<${MARK} ${name} ${of}>`

export function fillHoles(html: string, fill: Fill) {
  if (fill === mark || !html.includes(MARK)) return html
  return html.replace(HOLE, (_, name: HoleName, of: string) => fill(name, of))
}

/** Text, name, id, text, name, id, … and the last text. */
export function splitAtHoles(html: string) {
  return html.split(new RegExp(HOLE.source))
}

/** Indentation is for those who read the templates. */
export function withoutIndentation(html: string) {
  return html.replace(/\n\s+/g, '\n')
}
