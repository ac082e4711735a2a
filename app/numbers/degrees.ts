/** A latitude or longitude as browsers tell it, at most so far from zero; null for anything else. */
export function readDegrees(text: string, most: number): string | null {
  const isNumber = /^-?\d{1,3}(\.\d{1,20})?$/.test(text)
  return isNumber && Math.abs(Number(text)) <= most ? text : null
}
