import type { I18n } from '@adonisjs/i18n'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { DatabaseError } from 'pg'
import { ImportChanged } from '#csv/import_changed'
import ImportDraft from '#csv/import_draft'
import { digestOf, planImport } from '#csv/import_plan'
import type { ListedValues } from '#csv/listed_values'
import { eachText } from '#models/product_texts'

const TYPES = {
  name: 'text',
  ...eachText(() => 'text'),
  category: 'text',
  sold_as: 'text',
  measure: 'text',
  net_quantity: 'integer',
  unit: 'text',
  smallest: 'integer',
  step: 'integer',
  presets: 'integer[]',
  price: 'integer',
  mrp: 'integer',
  stock: 'integer',
  country: 'text',
  maker: 'text',
  maker_address: 'text',
  best_before: 'date',
  diet: 'text',
  hsn_code: 'text',
  gst: 'integer',
} satisfies Record<keyof ListedValues, string>

/** Columns of the table that lists call otherwise. */
const COLUMNS: Partial<Record<keyof ListedValues, string>> = {
  price: 'price_paise',
  mrp: 'mrp_paise',
  gst: 'gst_basis_points',
}

const FIELDS = Object.keys(TYPES) as (keyof ListedValues)[]
const columnOf = (field: keyof ListedValues) => COLUMNS[field] ?? field

const LISTED = `jsonb_to_recordset(cast(:rows AS jsonb))
  AS listed (id uuid, ${FIELDS.map((field) => `${field} ${TYPES[field]}`).join(', ')})`

const INSERT = `
  INSERT INTO products (shop_id, ${FIELDS.map(columnOf).join(', ')})
  SELECT :shopId, ${FIELDS.join(', ')} FROM ${LISTED}`

const UPDATE = `
  UPDATE products SET
    ${FIELDS.map((field) => `${columnOf(field)} = listed.${field}`).join(', ')}, updated_at = now()
  FROM ${LISTED}
  WHERE products.id = listed.id AND products.shop_id = :shopId`

/**
 * Imports the draft in one transaction, on locked rows, and removes it.
 *
 * @param shown digest of the preview
 * @throws E_ROW_NOT_FOUND (404) when the draft was imported or has expired
 * @throws ImportChanged when the result would differ from the preview
 */
export async function importDraft(
  shopId: string,
  id: string,
  shown: string,
  i18n: I18n,
  client: TransactionClientContract
) {
  const draft = await ImportDraft.of(shopId, id, client).forUpdate().firstOrFail()
  const plan = await planImport(draft, await draft.rows(i18n), i18n, client, { lock: true })
  if (shown !== digestOf(plan)) throw new ImportChanged()
  const created = plan.filter(({ product, present }) => product && !present)
  const changed = plan.filter(({ changes }) => changes.length > 0)
  const changes = changed.map(({ present, after }) => ({ ...after, id: present!.id }))
  await run(client, UPDATE, shopId, changes)
  const added = created.map(({ after }) => after!)
  await run(client, INSERT, shopId, added).catch(explain)
  await draft.delete()
  return { created: created.length, changed: changed.length }
}

async function run(
  client: TransactionClientContract,
  statement: string,
  shopId: string,
  rows: object[]
) {
  if (rows.length > 0) await client.rawQuery(statement, { shopId, rows: JSON.stringify(rows) })
}

/** A product of the same name was added concurrently. */
function explain(error: DatabaseError): never {
  if (error.constraint !== 'products_shop_id_name_unique') throw error
  throw new ImportChanged(undefined, { cause: error })
}
