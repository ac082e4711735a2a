import vine from '@vinejs/vine'

export const rupeesSchema = (description = 'Rupees, exact to the paisa') =>
  vine.number({ strict: true }).meta({ description })
