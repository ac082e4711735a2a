import vine from '@vinejs/vine'
import { stateOf, takesOrders, type Opening } from '#hours/opening'

const moment = (description: string) =>
  vine.string().nullable().meta({ format: 'date-time', description })

/** When a shop is open, in the schema of a shop. */
export const openingFields = {
  takes_orders: vine.boolean({ strict: true }).meta({
    description: 'Whether an order can be placed now; for a delivery slot also when not',
  }),
  open_state: vine.enum(['open', 'ending', 'closed'] as const).meta({
    description: 'ending: open, but too late for an order',
  }),
  open_until: moment('When it closes; null when it is closed, or not for weeks'),
  orders_until: moment('The last moment for an order'),
  opens_at: moment('When orders are taken again'),
  hours: vine
    .array(
      vine.object({
        weekday: vine
          .number({ strict: true })
          .withoutDecimals()
          .meta({ description: '1 is Monday' }),
        opens: vine.string().meta({ description: 'Indian time: `07:30`' }),
        closes: vine
          .string()
          .meta({ description: '`24:00` is midnight, `26:00` two hours after it' }),
      })
    )
    .meta({ description: 'Empty for a shop that is always open' }),
  holidays: vine.array(vine.string().meta({ format: 'date' })),
}

/** Of a shop with these hours, at this time; null of one that is closed for good. */
export function transformOpening(terms: { opening: Opening | null } | null, now = new Date()) {
  const opening = terms?.opening ?? null
  const state = stateOf(opening, now)
  const always = terms ? ('open' as const) : ('closed' as const)
  return {
    takes_orders: terms !== null && takesOrders(opening, now),
    open_state: state?.kind ?? always,
    open_until: state?.until ?? null,
    orders_until: state?.ordersUntil ?? null,
    opens_at: state?.opensAt ?? null,
    hours: (opening?.spans ?? []).map(([weekday, from, to]) => {
      return { weekday, opens: clock(from), closes: clock(to) }
    }),
    holidays: opening?.holidays ?? [],
  }
}

function clock(minutes: number) {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
