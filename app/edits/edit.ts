import { errors } from '@vinejs/vine'
import type { I18n } from '@adonisjs/i18n'
import { isDifference } from '#numbers/stock_edit'

/** Form fields as displayed text. */
export type Texts<Field extends string> = Record<Field, string>

/**
 * A submitted edit form with the values it originally showed: only fields that differ were changed by the user.
 * Fields sent without their original value count as changed from an unknown value.
 */
export class Edit<Field extends string> {
  #typed: Record<string, unknown>
  #shown: Record<string, unknown>

  /**
   * @param counted fields that also accept a relative change such as `+12`, regardless of the value shown
   * @param stated fields with a button of their own: sent unchanged, they state the value as much as when typed
   */
  constructor(
    private fields: readonly Field[],
    body: Record<string, any> = {},
    private counted: readonly Field[] = [],
    private stated: readonly Field[] = []
  ) {
    this.#typed = body
    this.#shown = { ...body.shown }
  }

  /** Whether the user changed the field; `now` is its current text in the database. */
  changes(field: Field, now: Texts<Field>) {
    const typed = this.#typed[field]
    if (typed === undefined) return false
    const before = this.stated.includes(field) ? undefined : this.#shownText(field)
    return text(typed) !== (before ?? now[field])
  }

  /** Input for validation: current values with the user's changes on top. */
  over(now: Texts<Field>): Record<string, unknown> {
    return Object.fromEntries(
      this.fields.map((field) => {
        return [field, this.changes(field, now) ? this.#typed[field] : now[field] || null]
      })
    )
  }

  /** State for showing the form again: user input is kept, other fields are current. */
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
   * Detects edit conflicts: the second user is shown the current value, and their input is accepted when they
   * submit again. @throws E_VALIDATION_ERROR
   *
   * @param saved what was typed as it would be stored: `50.1` is `50.10`, which is no conflict when it is there
   */
  check(
    now: Texts<Field>,
    saved: Texts<Field>,
    i18n: I18n,
    nameOf: (field: Field, text: string) => string = named
  ) {
    const crossed = this.fields.filter((field) => {
      return saved[field] !== now[field] && this.#crosses(field, now)
    })
    if (crossed.length === 0) return
    const messages = crossed.map((field) => {
      const say = (value: string) => (value ? nameOf(field, value) : i18n.t('edits.empty'))
      const values = { now: say(now[field]), typed: say(this.#typedText(field)) }
      return { field, rule: 'changed_meanwhile', message: i18n.t('edits.changed', values) }
    })
    for (const field of crossed) this.#shown[field] = now[field]
    throw new errors.E_VALIDATION_ERROR(messages)
  }

  /** Merges the user's changes into the locked row, which stays as it was if they are refused. @throws E_VALIDATION_ERROR */
  apply<Row extends { $attributes: object; merge(values: object): unknown }>(
    row: Row,
    textsOf: (row: Row) => Texts<Field>,
    values: Record<Field, Parameters<Row['merge']>[0]>,
    ...words: [i18n: I18n, nameOf?: (field: Field, text: string) => string]
  ) {
    const before = { ...row.$attributes }
    const now = textsOf(row)
    for (const field of this.fields) {
      if (this.changes(field, now)) row.merge(values[field])
    }
    try {
      this.check(now, textsOf(row), ...words)
    } catch (error) {
      row.merge(before)
      throw error
    }
  }

  #crosses(field: Field, now: Texts<Field>) {
    if (!this.changes(field, now) || this.#typedText(field) === now[field]) return false
    if (this.counted.includes(field) && isDifference(this.#typedText(field))) return false
    return this.#shownText(field) !== now[field]
  }

  #typedText(field: Field) {
    return text(this.#typed[field])
  }

  #shownText(field: Field) {
    return this.#shown[field] === undefined ? undefined : text(this.#shown[field])
  }
}

/** Empty fields arrive as null. */
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
