import vine from '@vinejs/vine'

export const rupeesSchema = () =>
  vine.number({ strict: true }).meta({ description: 'Rupees, exact to the paisa' })

/** Paise to rupees: the nearest double, which JSON prints with at most two decimals. */
export function toRupees(paise: number) {
  return paise / 100
}
