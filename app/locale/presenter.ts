import { toRupees } from '#locale/rupees'
import { TIME_ZONE } from '#locale/time_zone'

const NUMBERING = { numberingSystem: 'latn' }

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
const TIME: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' }

/** In Hindi nobody says "4:05 am", but "सुबह 4:05 बजे". */
const HINDI_TIME: Intl.DateTimeFormatOptions = { ...TIME, dayPeriod: 'short' }
const HOUR_WORD = ' बजे'

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
const clock = (day: Intl.DateTimeFormatOptions) =>
  cached((locale) => {
    const options = { ...day, timeZone: TIME_ZONE, ...NUMBERING }
    if (locale !== 'hi') {
      const { format } = new Intl.DateTimeFormat(`${locale}-IN`, { ...options, ...TIME })
      return format
    }
    const { format } = new Intl.DateTimeFormat('hi-IN', { ...options, ...HINDI_TIME })
    return (date: Date) => format(date) + HOUR_WORD
  })
const dates = clock(DAY)
const times = clock({})
const days = cached((locale) => {
  return new Intl.DateTimeFormat(`${locale}-IN`, {
    dateStyle: 'medium',
    timeZone: 'UTC',
    ...NUMBERING,
  })
})

const shortWeekdays = cached((locale) => {
  return new Intl.DateTimeFormat(`${locale}-IN`, { weekday: 'short', timeZone: 'UTC' })
})
const weekdays = cached((locale) => {
  return new Intl.DateTimeFormat(`${locale}-IN`, { weekday: 'long', timeZone: 'UTC' })
})

const daysOfWeek = cached((locale) => {
  return new Intl.DateTimeFormat(`${locale}-IN`, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    ...NUMBERING,
  })
})

const units = (unit: 'minute' | 'hour' | 'day') =>
  cached((locale) => {
    const unitDisplay = locale === 'hi' ? 'long' : 'short'
    return new Intl.NumberFormat(`${locale}-IN`, { style: 'unit', unit, unitDisplay, ...NUMBERING })
  })
const [minutes, hours, wholeDays] = [units('minute'), units('hour'), units('day')]

/** Formats prices, numbers and dates for India in the reader's language. */
export class Presenter {
  constructor(private locale: string) {}

  /** 12345650 → `₹1,23,456.50`; whole rupees without paise. */
  money = (paise: number) => rupees(this.locale).format(toRupees(paise))

  number = (value: number) => numbers(this.locale).format(value)

  /** A day as `2026-11-28`, wherever it is. */
  date = (day: string) => days(this.locale).format(new Date(day))

  /** `Sat, 28 Nov`, from `2026-11-28`. */
  dayAndMonth = (day: string) => daysOfWeek(this.locale).format(new Date(day))

  /** The name of the day, as `2026-11-28`. */
  shortWeekday = (day: string) => shortWeekdays(this.locale).format(new Date(day))

  weekday = (day: string) => weekdays(this.locale).format(new Date(day))

  dateTime = (date: Date) => dates(this.locale)(date)

  /** `4:05 am`, in Hindi `सुबह 4:05 बजे`. */
  time = (date: Date) => times(this.locale)(date)

  /** `25 mins`, from two of them on `2 hrs` and `2 days`; `public/board.js` goes on counting in the same words. */
  duration = (milliseconds: number) => {
    const passed = Math.max(0, Math.floor(milliseconds / 60_000))
    if (passed < 120) return minutes(this.locale).format(passed)
    if (passed < 2_880) return hours(this.locale).format(Math.floor(passed / 60))
    return wholeDays(this.locale).format(Math.floor(passed / 1_440))
  }
}
