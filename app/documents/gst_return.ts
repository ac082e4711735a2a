import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { GstTable } from '#bills/gst_tables'
import { STATES } from '#bills/states'
import { toCsv } from '#csv/to_csv'
import { withPaise } from '#locale/rupees'
import { STANDARDS, type Measure } from '#measures/goods'

/** Bills above it to another state are listed one by one in table 5 (B2CL). */
export const LARGE_PAISE = 1_00_000_00

/** The headings of the sheets `b2cs`, `hsn(b2c)` and `docs` of the government's offline tool for GSTR-1. */
const HEADINGS: Record<GstTable, string[]> = {
  b2cs: [
    ...['Type', 'Place Of Supply', 'Applicable % of Tax Rate', 'Rate', 'Taxable Value'],
    ...['Cess Amount', 'E-Commerce GSTIN'],
  ],
  hsn: [
    ...['HSN', 'Description', 'UQC', 'Total Quantity', 'Total Value', 'Rate', 'Taxable Value'],
    ...['Integrated Tax Amount', 'Central Tax Amount', 'State/UT Tax Amount', 'Cess Amount'],
  ],
  docs: ['Nature of Document', 'Sr. No. From', 'Sr. No. To', 'Total Number', 'Cancelled'],
}

const UNITS: Record<Measure, string> = {
  weight: 'KGS-KILOGRAMS',
  volume: 'LTR-LITRES',
  length: 'MTR-METERS',
  pieces: 'PCS-PIECES',
}

/** Bills of a regular taxpayer in a month. */
export const OF_MONTH = `
  shop_id = :shopId AND tax_scheme = 'regular'
  AND issued_on >= (:month || '-01')::date AND issued_on < (:month || '-01')::date + interval '1 month'`

export const IS_LARGE = `(place_of_supply <> shop_state AND total_paise > ${LARGE_PAISE})`

const LINES = `
  FROM bills JOIN bill_lines ON bill_lines.bill_id = bills.id
  WHERE ${OF_MONTH} AND cancelled_at IS NULL AND gst_basis_points IS NOT NULL`

const STATEMENTS: Record<GstTable, string> = {
  b2cs: `
    SELECT place_of_supply, gst_basis_points, sum(taxable_paise)::float8 AS taxable
    ${LINES} AND gst_basis_points > 0 AND ${IS_LARGE} IS NOT TRUE
    GROUP BY place_of_supply, gst_basis_points ORDER BY place_of_supply, gst_basis_points`,
  hsn: `
    SELECT hsn_code, measure, gst_basis_points,
      sum(quantity::bigint * CASE sold_as WHEN 'loose' THEN 1 ELSE net_quantity END)::float8 AS base_units,
      sum(amount_paise + fee_paise)::float8 AS value, sum(taxable_paise)::float8 AS taxable,
      sum(igst_paise)::float8 AS igst, sum(cgst_paise)::float8 AS cgst, sum(sgst_paise)::float8 AS sgst
    ${LINES} AND hsn_code IS NOT NULL
    GROUP BY hsn_code, measure, gst_basis_points ORDER BY hsn_code, measure, gst_basis_points`,
  docs: `
    SELECT min(number) AS first, max(number) AS last, count(*)::integer AS total, count(cancelled_at)::integer AS cancelled
    FROM bills WHERE ${OF_MONTH} HAVING count(*) > 0`,
}

/** A table of GSTR-1 for a month (`2026-11`) of a shop, as CSV. Sums are sums of the bills' lines. */
export async function gstTable(
  table: GstTable,
  about: { shopId: string; month: string },
  client: QueryClientContract = db.connection()
) {
  const { rows } = await client.rawQuery(STATEMENTS[table], about)
  return toCsv(rows.map(CELLS[table]), HEADINGS[table], { bom: false })
}

const percent = ({ gst_basis_points: points }: Row) => String(Number(points) / 100)

type Row = Record<string, any>

const CELLS: Record<GstTable, (row: Row) => Record<string, string | number>> = {
  b2cs: (row) => ({
    'Type': 'OE',
    'Place Of Supply': placeOf(row.place_of_supply),
    'Rate': percent(row),
    'Taxable Value': withPaise(row.taxable),
  }),
  hsn: (row) => ({
    'HSN': row.hsn_code,
    'UQC': UNITS[row.measure as Measure],
    'Total Quantity': quantityOf(row.base_units, row.measure),
    'Total Value': withPaise(row.value),
    'Rate': percent(row),
    'Taxable Value': withPaise(row.taxable),
    'Integrated Tax Amount': withPaise(row.igst),
    'Central Tax Amount': withPaise(row.cgst),
    'State/UT Tax Amount': withPaise(row.sgst),
  }),
  docs: (row) => ({
    'Nature of Document': 'Invoices for outward supply',
    'Sr. No. From': row.first,
    'Sr. No. To': row.last,
    'Total Number': row.total,
    'Cancelled': row.cancelled,
  }),
}

function placeOf(state: string | null) {
  return state ? `${state}-${STATES[state]}` : ''
}

/** In kg, l, m or pieces, with the two decimals that the tool takes. */
function quantityOf(baseUnits: number, measure: Measure) {
  return (baseUnits / STANDARDS[measure].comparedSize).toFixed(2)
}
