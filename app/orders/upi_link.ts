import { withPaise } from '#locale/rupees'

/** Without an amount and a reference: the customer enters the amount, as for the code on a shop's counter. */
export type OpenPayment = Pick<Payment, 'upiId' | 'payee'>

interface Payment {
  upiId: string
  paise: number
  payee: string
  note: string
  /** At most 35 letters and digits. */
  reference: string
}

const LONGEST_PAYEE = 99
const LONGEST_NOTE = 50

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * A link for UPI apps, as described in NPCI's "UPI Linking Specifications" 1.6. Its `pn` and `tn` are the payee's name
 * and the note of the UPI API, which have at most 99 and 50 characters ("UPI API and Technology Specifications" 1.2.1,
 * `Payee/@name` and `Txn/@note`). The `@` of `pa` is not encoded, because some apps show `%40` as ` 40`
 * (https://github.com/drenther/upi_pay/issues/1); a query may contain it (RFC 3986, 3.4).
 */
export function upiLink({ upiId, paise, payee, note, reference }: Payment): string {
  const rest = { tn: encoded(cut(note, LONGEST_NOTE)), tr: encoded(reference) }
  return linkOf({ ...to({ upiId, payee }), am: withPaise(paise), cu: 'INR', ...rest })
}

export function openUpiLink(payment: OpenPayment): string {
  return linkOf({ ...to(payment), cu: 'INR' })
}

function to({ upiId, payee }: OpenPayment) {
  return { pa: encoded(upiId).replace('%40', '@'), pn: encoded(cut(payee, LONGEST_PAYEE)) }
}

function linkOf(fields: Record<string, string>) {
  const query = Object.entries(fields).map(([key, value]) => `${key}=${value}`)
  return `upi://pay?${query.join('&')}`
}

/** Also encodes `!'()*`, which `encodeURIComponent` leaves. */
function encoded(text: string) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => {
    return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
  })
}

/** Whole characters, as people see them: a vowel sign or an emoji is never cut in two. */
function cut(text: string, longest: number) {
  let kept = ''
  for (const { segment } of characters.segment(text)) {
    if (kept.length + segment.length > longest) break
    kept += segment
  }
  return kept.trimEnd()
}
