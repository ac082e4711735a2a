import type { TaxScheme } from '#bills/tax_scheme'

export const BILL_KINDS = [
  'bill',
  'bill_of_supply',
  'tax_invoice',
  'invoice_cum_bill_of_supply',
] as const
export type BillKind = (typeof BILL_KINDS)[number]

/** `gstBasisPoints`: 500 is 5 %, 0 is exempt, null is not stated. */
export interface Charged {
  amountPaise: number
  gstBasisPoints: number | null
}

/** What a line adds to a bill: its share of the delivery fee, and what its price with that consists of. */
export interface Taxed {
  feePaise: number
  taxablePaise: number
  cgstPaise: number
  sgstPaise: number
  igstPaise: number
}

/** A line without a rate counts as taxed: only goods known to be exempt need no tax invoice. */
export function kindOf(scheme: TaxScheme | null, rates: Charged['gstBasisPoints'][]): BillKind {
  if (scheme === 'composition') return 'bill_of_supply'
  if (scheme !== 'regular') return 'bill'
  const exempt = rates.filter((rate) => rate === 0).length
  if (exempt === rates.length) return 'bill_of_supply'
  return exempt > 0 ? 'invoice_cum_bill_of_supply' : 'tax_invoice'
}

/** Splits an amount in proportion to the weights, to the paisa: the largest remainders get what rounding left. */
export function apportion(paise: number, weights: number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  const exact = weights.map((weight) => BigInt(paise) * BigInt(weight))
  const shares = exact.map((product) => Number(product / whole))
  const left = shares.reduce((rest, share) => rest - share, paise)
  const byRemainder = [...exact.keys()].toSorted((one, other) => {
    return Number((exact[other] % whole) - (exact[one] % whole)) || one - other
  })
  for (const index of byRemainder.slice(0, left)) shares[index]++
  return shares
}

/** The tax in a price that includes it, rounded half up; `parts` 2 is one half of it. */
export function taxIn(pricePaise: number, basisPoints: number, parts: 1 | 2 = 1) {
  const divisor = BigInt(parts) * BigInt(10_000 + basisPoints)
  return Number((2n * BigInt(pricePaise) * BigInt(basisPoints) + divisor) / (2n * divisor))
}

/**
 * The lines of a bill. Prices include tax, and the delivery fee is part of the value of the goods (section 15 (2) (c)
 * of the CGST Act). Central and state tax are equal; to another state there is integrated tax instead.
 */
export function taxed(
  lines: Charged[],
  deliveryFeePaise: number,
  { scheme, isInterState }: { scheme: TaxScheme | null; isInterState: boolean }
): Taxed[] {
  const fees = apportion(
    deliveryFeePaise,
    lines.map(({ amountPaise }) => amountPaise)
  )
  return lines.map(({ amountPaise, gstBasisPoints }, index) => {
    const feePaise = fees[index]
    const value = amountPaise + feePaise
    const rate = scheme === 'regular' ? (gstBasisPoints ?? 0) : 0
    const half = isInterState ? 0 : taxIn(value, rate, 2)
    const igstPaise = isInterState ? taxIn(value, rate) : 0
    const taxablePaise = value - 2 * half - igstPaise
    return { feePaise, taxablePaise, cgstPaise: half, sgstPaise: half, igstPaise }
  })
}

type Sum = Omit<Taxed, 'feePaise'>

/** Sums of lines: nothing is computed from a total. */
export function sumOf(lines: Sum[]): Sum & { taxPaise: number; valuePaise: number } {
  const sum = { taxablePaise: 0, cgstPaise: 0, sgstPaise: 0, igstPaise: 0 }
  for (const line of lines) {
    sum.taxablePaise += line.taxablePaise
    sum.cgstPaise += line.cgstPaise
    sum.sgstPaise += line.sgstPaise
    sum.igstPaise += line.igstPaise
  }
  const taxPaise = sum.cgstPaise + sum.sgstPaise + sum.igstPaise
  return { ...sum, taxPaise, valuePaise: sum.taxablePaise + taxPaise }
}
