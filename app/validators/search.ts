import vine from '@vinejs/vine'
import { line } from '#validators/text'

/** More than anybody types; what comes after it is not searched for. */
const MOST_CHARACTERS = 200

/** An empty field of a form is one that was left out. */
const or =
  <T>(fallback: T) =>
  (value: unknown) =>
    value === undefined || value === null || value === '' ? fallback : value

export const searchValidator = vine.create({
  q: vine
    .string()
    .parse((value) => value ?? '')
    .transform((q) => [...q.trim()].slice(0, MOST_CHARACTERS).join('')),
  type: vine.enum(['all', 'shop', 'product'] as const).parse(or('all')),
  city: line(80).parse(or(null)).nullable(),
  size: vine.number().withoutDecimals().range([1, 50]).parse(or(20)),
})
