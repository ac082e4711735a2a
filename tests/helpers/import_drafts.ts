import i18nManager from '@adonisjs/i18n/services/main'
import ImportDraft from '#csv/import_draft'
import { digestOf, planImport } from '#csv/import_plan'

const LIST = 'name,unit,price,stock\nPoha,500 g,40,5'

/** A draft of a list, and the digest that its preview shows. */
export async function createImportDraft(shopId: string, text = LIST) {
  const id = await ImportDraft.start(shopId, { text, separator: 'usual', decimalMark: '.' })
  const draft = await ImportDraft.findOrFail(id)
  const i18n = i18nManager.locale('en')
  const shown = digestOf(await planImport(draft, await draft.rows(i18n), i18n, undefined))
  return { id, shown }
}
