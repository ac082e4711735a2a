/** Paise to rupees: the nearest double, which JSON prints with at most two decimals. */
export function toRupees(paise: number): number {
  return paise / 100
}

/** Rupees, as sent in JSON, to whole paise. */
export function toPaise(rupees: number): number {
  return Math.round(rupees * 100)
}

/** `52.00`, for files and payment links. */
export function withPaise(paise: number): string {
  return toRupees(paise).toFixed(2)
}

/** `52` or `52.50`, for form fields. */
export function rupeesText(paise: number): string {
  return paise % 100 ? withPaise(paise) : String(toRupees(paise))
}
