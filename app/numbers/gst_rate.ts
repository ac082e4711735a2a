import { plain } from '#numbers/plain'

/** Rates of the GST on goods, in hundredths of a percent: those since September 2025, and 12 and 28 % from before. */
export const GST_RATES = [0, 25, 300, 500, 1200, 1800, 2800, 4000]

/** A rate as `5`, `5 %`, `0.25%` or `१८`, in hundredths of a percent; null for what is no rate. */
export function readGstRate(text: string): number | null {
  const [, percent] = /^(\d{1,2}(?:\.\d{1,2})?) ?%?$/.exec(plain(text)) ?? []
  const rate = percent === undefined ? null : Math.round(Number(percent) * 100)
  return rate !== null && GST_RATES.includes(rate) ? rate : null
}

/** `5` or `0.25`, for fields and lists. */
export const gstRateText = (basisPoints: number) => String(basisPoints / 100)
