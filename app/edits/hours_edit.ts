import { errors } from '@vinejs/vine'
import type { I18n } from '@adonisjs/i18n'
import { Edit, type Texts } from '#edits/edit'
import { formTexts, hoursFields, hoursOf, isSlot, nameInForm } from '#edits/hours_fields'
import type { Hours } from '#models/shop_hours'
import { readHours } from '#validators/hours'

/** A submitted form of opening hours, against the hours as they are now. */
export class HoursEdit {
  #now: Texts<string>
  #typed: Texts<string>
  #shown?: Texts<string>

  /** @param shown the texts of the form when it was opened */
  constructor(now: Hours, typed: Hours, shown?: Record<string, unknown>) {
    this.#now = hoursFields(now)
    this.#typed = hoursFields(typed)
    if (shown) this.#shown = hoursFields(readHours(shown).hours)
  }

  /** The hours with the user's changes. @throws E_VALIDATION_ERROR after which another save uses what was typed */
  hours(i18n: I18n): Hours {
    const edit = this.#edit()
    const [now, typed] = [this.#whole(this.#now), this.#whole(this.#typed)]
    try {
      edit.check(now, typed, i18n, (field, text) => {
        const [capacity, minutes] = text.split(' ')
        return isSlot(field) ? i18n.t('hours.slot_terms', { capacity, minutes }) : text
      })
    } catch (error) {
      if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
      throw new errors.E_VALIDATION_ERROR(this.#told(error.messages))
    }
    return hoursOf(edit.over(now) as Texts<string>)
  }

  /** The texts of the form when it is shown again. */
  form() {
    const { values, shown } = this.#edit().state(this.#whole(this.#now))
    return { values: formTexts(values), shown: formTexts(shown) }
  }

  #told(messages: { field: string }[]) {
    this.#shown ??= { ...this.#now }
    for (const { field } of messages) {
      this.#shown[field] = this.#now[field]
      // A row that was removed is back: its message needs a place.
      if (isSlot(field)) this.#typed[field] ??= this.#now[field]
    }
    const { values } = this.form()
    return messages.map((message) => ({ ...message, field: nameInForm(message.field, values) }))
  }

  #edit() {
    const shown = this.#shown && { shown: this.#whole(this.#shown) }
    return new Edit(this.#fields, { ...this.#whole(this.#typed), ...shown })
  }

  get #fields() {
    const all = { ...this.#now, ...this.#typed, ...this.#shown }
    return Object.keys(all)
  }

  #whole(texts: Texts<string>) {
    return Object.fromEntries(this.#fields.map((field) => [field, texts[field] ?? '']))
  }
}
