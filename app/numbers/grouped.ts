/** `,` for lists whose amounts are written `1.250,00`. */
export type DecimalMark = '.' | ','

const WHOLE = '\\d+|[1-9]\\d?(?:,\\d{2})*,\\d{3}|[1-9]\\d{0,2}(?:,\\d{3})+'
const GROUPED = new RegExp(`^(${WHOLE})?(?:\\.(\\d*))?$`)

const swap = (text: string) => text.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '.'))

/**
 * The digits before and after the decimal mark, or null. Commas group the digits as in India (`1,00,000`) or in the
 * West (`100,000`); anywhere else (`52,50`) they could be a decimal mark, so the number is refused.
 */
export function partsOf(number: string, mark: DecimalMark = '.') {
  const [, whole = '', fraction = ''] = GROUPED.exec(mark === ',' ? swap(number) : number) ?? []
  return whole || fraction ? { whole: whole.replaceAll(',', ''), fraction } : null
}
