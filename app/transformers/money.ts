import vine from '@vinejs/vine'

export const rupeesSchema = () =>
  vine.number({ strict: true }).meta({ description: 'Rupees, exact to the paisa' })
