import type { Category } from '#models/category'
import type { Diet } from '#models/product_label'
import type { ProductTexts } from '#models/product_texts'
import makers from './makers.json' with { type: 'json' }
import products from './products.json' with { type: 'json' }

/** Something a kirana sells, at the price that is usual for it. */
export interface CatalogueItem extends Partial<ProductTexts> {
  /** English name; no two items share one, whatever the case of the letters. */
  name: string
  /** Hindi name, in Devanagari. */
  nameHi: string
  category: Category
  /** What one costs the price, such as `1 kg` or `6 pieces`. */
  unit: string
  pricePaise: number
  /** Whether shops sell it loose: all of them, or most. */
  loose?: 'always' | 'often'
  diet?: Diet
  /** Where it comes from, ISO 3166-1 alpha-2. */
  country?: string
  maker?: string
  makerAddress?: string
  hsnCode?: string
  /** Percent of GST since 22 September 2025. */
  gst?: number
  /** The same in packs, which are taxed otherwise than loose staples. */
  packedGst?: number
  /** Nearly every shop has it. */
  everyday?: boolean
}

const SIZES = [10, 25, 50, 100, 200, 250, 400, 500, 750, 1000, 2000, 5000, 10_000, 25_000]
const PACKS = [2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24]
const HINDI_UNITS: Record<string, string> = { g: 'ग्राम', kg: 'किलो', ml: 'मिली', l: 'लीटर' }

const MAKERS = new Map(
  makers.flatMap(({ maker, makerAddress, brands }) =>
    brands.map((brand) => [brand, { maker, makerAddress }])
  )
)

/** The products themselves. */
export const PRODUCTS = (products as CatalogueItem[]).map((item): CatalogueItem => ({
  ...item,
  ...MAKERS.get(item.brand ?? ''),
}))

/** The same products in other sizes, `Besan 1 kg pack`. */
export const SIZE_VARIANTS = PRODUCTS.flatMap(inOtherSizes)

/** The same products several at a time, `Besan 500 g, pack of 4`. */
export const PACK_VARIANTS = PRODUCTS.flatMap(inPacks)

/** How many different products one shop can stock. */
export const CATALOGUE_SIZE = PRODUCTS.length + SIZE_VARIANTS.length + PACK_VARIANTS.length

/** The nearest price that a shop would write on a label: half rupees below ₹20, whole ones above. */
export function roundPrice(pricePaise: number) {
  const step = pricePaise < 2000 ? 50 : 100
  return Math.max(step, Math.round(pricePaise / step) * step)
}

/** `1 kg` → 1000 of `g`; null for what is counted and not measured. */
function measured(unit: string) {
  const match = /^(\d+) (kg|g|l|ml)$/.exec(unit)
  if (!match) return null
  const large = match[2] === 'kg' || match[2] === 'l'
  return {
    amount: Number(match[1]) * (large ? 1000 : 1),
    small: match[2] === 'kg' || match[2] === 'g' ? 'g' : 'ml',
    large: match[2] === 'kg' || match[2] === 'g' ? 'kg' : 'l',
  }
}

function inOtherSizes(item: CatalogueItem): CatalogueItem[] {
  const measure = measured(item.unit)
  if (!measure) return []
  return SIZES.filter((size) => isSensible(size / measure.amount)).map((size) => {
    const [count, unit] = size < 1000 ? [size, measure.small] : [size / 1000, measure.large]
    return {
      ...inPackets(item),
      name: `${item.name} ${count} ${unit} pack`,
      nameHi: `${item.nameHi} ${count} ${HINDI_UNITS[unit]} पैक`,
      unit: `${count} ${unit}`,
      pricePaise: roundPrice(item.pricePaise * (size / measure.amount) ** 0.95),
      everyday: false,
    }
  })
}

/** The same, never loose. */
export function inPackets({ loose, packedGst, gst, ...item }: CatalogueItem): CatalogueItem {
  return { ...item, gst: packedGst ?? gst }
}

function isSensible(ratio: number) {
  return ratio !== 1 && ratio >= 0.2 && ratio <= 5
}

function inPacks(item: CatalogueItem): CatalogueItem[] {
  return PACKS.map((count) => ({
    ...inPackets(item),
    name: `${item.name} ${item.unit}, pack of ${count}`,
    nameHi: `${item.nameHi} ${count} का पैक`,
    unit: `${count} × ${item.unit}`,
    pricePaise: roundPrice(item.pricePaise * count * 0.97),
    everyday: false,
  }))
}
