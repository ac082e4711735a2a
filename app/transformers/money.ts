import vine from '@vinejs/vine'

export const rupeesSchema = () =>
  vine.number({ strict: true }).meta({ description: 'Rupees, exact to the paisa' })

/** Whole paise as rupees: the nearest number to the exact amount, which JSON prints with two digits at most. */
export function toRupees(paise: number) {
  return paise / 100
}
