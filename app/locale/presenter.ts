import { toRupees } from '#locale/rupees'
import { TIME_ZONE } from '#locale/time_zone'

const NUMBERING = { numberingSystem: 'latn' }

/** In Hindi nobody says "4:05 am", but "सुबह 4:05". */
const WITH_PART_OF_DAY: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  dayPeriod: 'short',
}

const cached = <T>(make: (locale: string) => T) => {
  const made = new Map<string, T>()
  return (locale: string) => {
    if (!made.has(locale)) made.set(locale, make(locale))
    return made.get(locale)!
  }
}

const rupees = cached((locale) => {
  return new Intl.NumberFormat(`${locale}-IN`, {
    style: 'currency',
    currency: 'INR',
    trailingZeroDisplay: 'stripIfInteger',
    ...NUMBERING,
  })
})
const numbers = cached((locale) => new Intl.NumberFormat(`${locale}-IN`, NUMBERING))
const dates = cached((locale) => {
  return new Intl.DateTimeFormat(`${locale}-IN`, {
    ...(locale === 'hi' ? WITH_PART_OF_DAY : { dateStyle: 'medium', timeStyle: 'short' }),
    timeZone: TIME_ZONE,
    ...NUMBERING,
  })
})
const days = cached((locale) => {
  return new Intl.DateTimeFormat(`${locale}-IN`, {
    dateStyle: 'medium',
    timeZone: 'UTC',
    ...NUMBERING,
  })
})

const times = cached((locale) => {
  return new Intl.DateTimeFormat(`${locale}-IN`, {
    hour: 'numeric',
    minute: '2-digit',
    ...(locale === 'hi' ? { dayPeriod: 'short' } : {}),
    timeZone: TIME_ZONE,
    ...NUMBERING,
  })
})
const weekdays = cached((locale) => {
  return new Intl.DateTimeFormat(`${locale}-IN`, { weekday: 'long', timeZone: 'UTC' })
})

/** Formats prices, numbers and dates for India in the reader's language. */
export class Presenter {
  constructor(private locale: string) {}

  /** 12345650 → `₹1,23,456.50`; whole rupees without paise. */
  money = (paise: number) => rupees(this.locale).format(toRupees(paise))

  number = (value: number) => numbers(this.locale).format(value)

  /** A day as `2026-11-28`, wherever it is. */
  date = (day: string) => days(this.locale).format(new Date(day))

  /** The name of the day, as `2026-11-28`. */
  weekday = (day: string) => weekdays(this.locale).format(new Date(day))

  /** A time of the day. */
  time = (date: Date) => times(this.locale).format(date)

  dateTime = (date: Date) => dates(this.locale).format(date)
}
