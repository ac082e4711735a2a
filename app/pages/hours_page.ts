import { MOST_HOLIDAYS, MOST_SLOTS, SPANS, WEEKDAYS } from '#validators/hours'

type Texts = Record<string, unknown>

/** Empty fields for what is added. */
const MORE = 3

/** The fields for holidays: those that are stored or typed, and some more. */
export function holidayFields(texts: Texts) {
  const { used, more } = numbered(texts, 'holiday', /^holiday_\d+$/, MOST_HOLIDAYS)
  return [...used, ...more]
}

/** The same for slots. */
export function slotFields(texts: Texts) {
  return numbered(texts, 'slot', /^slot_\d+_(?:from|to|capacity)$/, MOST_SLOTS)
}

/** The days whose second times are used. */
export function secondTimes(texts: Texts) {
  return WEEKDAYS.filter((day) => texts[`from_${day}b`] || texts[`to_${day}b`])
}

/** The form with the times of the day above for a day, or those of Monday for all. */
export function copied(texts: Texts, wanted: unknown): Texts {
  const days = WEEKDAYS.filter((day) => day > 1 && (wanted === 'all' || wanted === String(day)))
  const times = days.flatMap((day) => {
    const source = wanted === 'all' ? 1 : day - 1
    return SPANS.flatMap((span) =>
      ['from', 'to'].map((end) => [`${end}_${day}${span}`, texts[`${end}_${source}${span}`]])
    )
  })
  return { ...texts, ...Object.fromEntries(times) }
}

function numbered(texts: Texts, what: string, pattern: RegExp, most: number) {
  const filled = Object.keys(texts).filter((name) => pattern.test(name) && texts[name])
  const last = Math.max(-1, ...filled.map((name) => Number(name.split('_')[1])))
  const count = Math.min(most, last + 1 + MORE)
  const fields = Array.from({ length: count }, (_, index) => `${what}_${index}`)
  return { used: fields.slice(0, last + 1), more: fields.slice(last + 1) }
}
