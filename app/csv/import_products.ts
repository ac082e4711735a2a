import type { I18n } from '@adonisjs/i18n'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { DatabaseError } from 'pg'
import { ImportChanged } from '#csv/import_changed'
import ImportDraft from '#csv/import_draft'
import { digestOf, planImport, type PlannedRow } from '#csv/import_plan'
import { TEXT_NAMES } from '#models/product_texts'

const TEXTS = TEXT_NAMES.join(', ')

const COLUMNS = `
  (id uuid, name text, ${TEXT_NAMES.map((name) => `${name} text`).join(', ')}, category text,
    unit text, price integer, stock integer)`

const INSERT = `
  INSERT INTO products (shop_id, name, ${TEXTS}, category, unit, price_paise, stock)
  SELECT :shopId, name, ${TEXTS}, category, unit, price, stock
  FROM jsonb_to_recordset(cast(:rows AS jsonb)) AS listed ${COLUMNS}`

const UPDATE = `
  UPDATE products SET
    ${TEXT_NAMES.map((name) => `${name} = coalesce(listed.${name}, products.${name})`).join(', ')},
    category = coalesce(listed.category, products.category),
    unit = coalesce(listed.unit, products.unit),
    price_paise = coalesce(listed.price, products.price_paise),
    stock = coalesce(listed.stock, products.stock),
    updated_at = now()
  FROM jsonb_to_recordset(cast(:rows AS jsonb)) AS listed ${COLUMNS}
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
  await run(client, UPDATE, shopId, changed.map(changedValues))
  await run(
    client,
    INSERT,
    shopId,
    created.map(({ product }) => product!)
  ).catch(explain)
  await draft.delete()
  return { created: created.length, changed: changed.length }
}

function changedValues({ present, changes }: PlannedRow) {
  const values = Object.fromEntries(changes.map(({ field, after }) => [field, after]))
  return { id: present!.id, ...values }
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
