const NUMBERING = { numberingSystem: 'latn' }

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
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Kolkata',
    ...NUMBERING,
  })
})

/** Formats prices, numbers and dates for India in the reader's language. */
export class Presenter {
  constructor(private locale: string) {}

  /** 12345650 → `₹1,23,456.50`; whole rupees without paise. */
  money = (paise: number) => rupees(this.locale).format(paise / 100)

  number = (value: number) => numbers(this.locale).format(value)

  dateTime = (date: Date) => dates(this.locale).format(date)
}
