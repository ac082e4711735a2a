import { DateTime } from 'luxon'
import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'

const isOfCalendar = vine.createRule((value, _, field) => {
  if (!DateTime.fromISO(value as string).isValid) field.report(messages.regex, 'regex', field)
})

/** A day of the calendar as `2026-11-29`, as date fields send it. */
export const calendarDay = () =>
  vine
    .string()
    .regex(/^20\d\d-\d\d-\d\d$/)
    .use(isOfCalendar())
