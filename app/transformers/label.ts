import vine from '@vinejs/vine'
import { DIETS, type ProductLabel } from '#models/product_label'

const text = (description: string) => vine.string().meta({ description }).nullable()

export const rateSchema = () =>
  vine.number({ strict: true }).meta({ description: 'GST in percent' }).nullable()

/** What the label of a product says; null where the shop did not state it. */
export const labelSchema = () => ({
  country: text('Country of origin, ISO 3166-1 alpha-2'),
  maker: text('Who made, packed or imported it'),
  maker_address: vine.string().nullable(),
  best_before: text('A day, as 2027-03-31'),
  diet: vine.enum(DIETS).nullable(),
  hsn_code: vine.string().nullable(),
  gst_rate: rateSchema(),
})

export function transformLabel(label: ProductLabel) {
  return {
    country: label.country,
    maker: label.maker,
    maker_address: label.makerAddress,
    best_before: label.bestBefore,
    diet: label.diet,
    hsn_code: label.hsnCode,
    gst_rate: toPercent(label.gstBasisPoints),
  }
}

export function toPercent(basisPoints: number | null) {
  return basisPoints === null ? null : basisPoints / 100
}
