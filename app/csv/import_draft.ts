import db from '@adonisjs/lucid/services/db'
import type { I18n } from '@adonisjs/i18n'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { ImportDraftSchema } from '#database/schema'
import type { Columns } from '#csv/column_names'
import type { ListedField } from '#validators/product'
import { correctionsOf } from '#csv/corrections'
import { readProductRows } from '#csv/product_rows'
import { readList, type ListFormat } from '#csv/read_list'
import type { DecimalMark } from '#numbers/grouped'

/** A shop's older drafts make room. */
const MOST_DRAFTS = 5

const MAKE_ROOM = `
  DELETE FROM import_drafts WHERE id IN (
    SELECT id FROM import_drafts WHERE shop_id = ? ORDER BY id DESC OFFSET ${MOST_DRAFTS - 1}
  )`

const START = `
  INSERT INTO import_drafts (shop_id, text, separator, decimal_mark, stocks)
  SELECT :shopId, :text, :separator, :decimalMark, coalesce(jsonb_object_agg(
    id || ' ' || CASE sold_as WHEN 'loose' THEN measure ELSE sold_as END, stock), '{}')
  FROM products WHERE shop_id = :shopId
  RETURNING id`

const CORRECT = `
  UPDATE import_drafts
  SET corrections = corrections || cast(:corrections AS jsonb), expires_at = now() + interval '1 hour'
  WHERE id = :id`

interface Writing {
  separator: ListFormat['separator']
  decimalMark: DecimalMark
}

type ChosenColumns = Record<string, ListedField | null>

function columnsOf(chosen: ChosenColumns): Columns {
  const used = Object.entries(chosen).filter(([, field]) => field !== null)
  return Object.fromEntries(used.map(([key, field]) => [field, Number(key.slice(1))]))
}

/** A list that an owner checks before the import: as it was sent, how it is to be read, and corrections. */
export default class ImportDraft extends ImportDraftSchema {
  static start(shopId: string, values: Writing & { text: string }): Promise<string> {
    return db.transaction(async (client) => {
      await client.rawQuery(MAKE_ROOM, [shopId])
      const { rows } = await client.rawQuery(START, { shopId, ...values })
      return rows[0].id
    })
  }

  /** The shop's draft, unless it has expired. */
  static of(shopId: string, id: string, client?: QueryClientContract) {
    return this.query({ client }).where({ shopId, id }).whereRaw('expires_at > now()')
  }

  /** @throws UnreadableFile */
  list(format: ListFormat = this) {
    return readList(this.text, format)
  }

  rows(i18n: I18n, list = this.list()) {
    return readProductRows(list, this.corrections, i18n)
  }

  /**
   * How it is to be read. With another separator the columns are others too.
   *
   * @param chosen a field by `c` and the number of its column
   * @throws UnreadableFile
   */
  async reformat(
    this: ImportDraft,
    values: Writing & Pick<ListFormat, 'hasHeader'>,
    chosen: ChosenColumns
  ) {
    const columns = values.separator === this.separator ? columnsOf(chosen) : null
    const { decimalMark, ...format } = values
    this.list({ ...format, columns })
    await this.merge({ decimalMark, ...format, columns }).save()
  }

  /** Adds to earlier corrections, those of another tab too. */
  async correct(typed: Record<string, string | null>) {
    const corrections = JSON.stringify(correctionsOf(typed, this.list().rows))
    await db.rawQuery(CORRECT, { id: this.id, corrections })
  }
}
