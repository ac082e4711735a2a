import vine from '@vinejs/vine'

export const SALES_DAYS = [7, 30, 90]
export const IDLE_DAYS = [30, 60, 90]

/** Query of a shop's sales. `idle`: for how many days stock was not sold. */
export const salesValidator = vine.create({
  days: oneOf(SALES_DAYS).optional(),
  idle: oneOf(IDLE_DAYS).optional(),
})

function oneOf(numbers: number[]) {
  return vine
    .enum(numbers.map(String))
    .transform((text) => numbers.find((number) => String(number) === text))
}
