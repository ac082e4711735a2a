import { errors } from '@vinejs/vine'
import type { I18n } from '@adonisjs/i18n'

/** The fields of a form as the texts that it shows. */
export type Texts<Field extends string> = Record<Field, string>

const DIFFERENCE = /^[+\-−]/

/**
 * A form that came back, beside what it showed: only what differs from that was changed by its user.
 * What is sent without what was shown counts as changed, and nobody knows against what.
 */
export class Edit<Field extends string> {
  #typed: Record<string, unknown>
  #shown: Record<string, unknown>

  /** @param counted fields that a difference such as `+12` changes too, whichever value was shown */
  constructor(
    private fields: readonly Field[],
    body: Record<string, any> = {},
    private counted: Field[] = []
  ) {
    this.#typed = body
    this.#shown = { ...body.shown }
  }

  /** Whether the user changed the field, whose text is `now` in the database. */
  changes(field: Field, now: Texts<Field>) {
    const typed = this.#typed[field]
    return typed !== undefined && text(typed) !== (this.#shownText(field) ?? now[field])
  }

  /** What is to be validated: the present texts, and over them what the user changed. */
  over(now: Texts<Field>): Record<string, unknown> {
    return Object.fromEntries(
      this.fields.map((field) => {
        return [field, this.changes(field, now) ? this.#typed[field] : now[field] || null]
      })
    )
  }

  /** What the form shows when it is shown again: nothing typed is lost, the rest is as it is now. */
  state(now: Texts<Field>) {
    const values: Partial<Texts<Field>> = {}
    const shown: Partial<Texts<Field>> = {}
    for (const field of this.fields) {
      const changed = this.changes(field, now)
      values[field] = changed ? text(this.#typed[field]) : now[field]
      shown[field] = changed ? this.#shownText(field) : now[field]
    }
    return { values, shown }
  }

  /**
   * Two people changed the same field: the second is told what it is now, and what they typed counts when
   * they send it again. @throws E_VALIDATION_ERROR
   */
  check(now: Texts<Field>, i18n: I18n, nameOf: (field: Field, text: string) => string = named) {
    const crossed = this.fields.filter((field) => this.#crosses(field, now))
    if (crossed.length === 0) return
    const messages = crossed.map((field) => {
      const say = (value: string) => (value ? nameOf(field, value) : i18n.t('edits.empty'))
      const values = { now: say(now[field]), typed: say(this.#typedText(field)) }
      return { field, rule: 'changed_meanwhile', message: i18n.t('edits.changed', values) }
    })
    for (const field of crossed) this.#shown[field] = now[field]
    throw new errors.E_VALIDATION_ERROR(messages)
  }

  /** Gives the locked row the values of the fields that the user changed. @throws E_VALIDATION_ERROR */
  apply<Row extends { merge(values: object): unknown }>(
    row: Row,
    now: Texts<Field>,
    values: Record<Field, Parameters<Row['merge']>[0]>,
    ...words: [i18n: I18n, nameOf?: (field: Field, text: string) => string]
  ) {
    this.check(now, ...words)
    for (const field of this.fields) {
      if (this.changes(field, now)) row.merge(values[field])
    }
  }

  #crosses(field: Field, now: Texts<Field>) {
    if (!this.changes(field, now) || this.#typedText(field) === now[field]) return false
    if (this.counted.includes(field) && DIFFERENCE.test(this.#typedText(field))) return false
    return this.#shownText(field) !== now[field]
  }

  #typedText(field: Field) {
    return text(this.#typed[field])
  }

  #shownText(field: Field) {
    return this.#shown[field] === undefined ? undefined : text(this.#shown[field])
  }
}

/** An empty field comes as null. */
function text(value: unknown) {
  return typeof value === 'string'
    ? value
    : value === null || value === undefined
      ? ''
      : JSON.stringify(value)
}

function named(_: string, value: string) {
  return value
}
