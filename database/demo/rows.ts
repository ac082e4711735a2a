import { namedTexts, TEXT_NAMES } from '#models/product_texts'
import type { Row } from './bulk_load.js'
import type { CatalogueItem } from './catalogue.js'
import { productsOf, type DemoShop, type DemoSize } from './generator.js'
import { deliveryOf } from './shop_delivery.js'
import { termsOf } from './shop_terms.js'

const COLUMNS = {
  id: 'uuid',
  shop_id: 'uuid',
  name: 'text',
  ...Object.fromEntries(TEXT_NAMES.map((name) => [name, 'text'])),
  category: 'text',
  sold_as: 'text',
  measure: 'text',
  net_quantity: 'integer',
  unit: 'text',
  price_paise: 'integer',
  mrp_paise: 'integer',
  stock: 'integer',
  country: 'text',
  maker: 'text',
  maker_address: 'text',
  diet: 'text',
  hsn_code: 'text',
  gst_basis_points: 'integer',
}

export const PRODUCT_COLUMNS = Object.keys(COLUMNS).join(', ')

export const PRODUCTS = {
  columns: Object.entries(COLUMNS)
    .map((column) => column.join(' '))
    .join(', '),
  insert: `INSERT INTO products (${PRODUCT_COLUMNS})
    SELECT staged.* FROM staged JOIN shops ON shops.id = staged.shop_id ON CONFLICT DO NOTHING`,
}

export function* productRows(batch: DemoShop[], size: DemoSize): Generator<Row, void> {
  for (const shop of batch) {
    for (const product of productsOf(shop, size)) {
      const { id, shopId, item, soldAs, measure, netQuantity, unit } = product
      const texts = namedTexts(item)
      const packer: Partial<CatalogueItem> = soldAs === 'packed' ? item : {}
      yield [
        ...[id, shopId, item.name, ...TEXT_NAMES.map((name) => texts[name]), item.category],
        ...[
          soldAs,
          measure,
          netQuantity,
          unit,
          product.pricePaise,
          product.mrpPaise,
          product.stock,
        ],
        ...[item.country ?? null, packer.maker ?? null, packer.makerAddress ?? null],
        ...[
          item.diet ?? null,
          item.hsnCode ?? null,
          item.gst === undefined ? null : item.gst * 100,
        ],
      ]
    }
  }
}

export const SETTINGS = {
  columns:
    'shop_id uuid, fssai_number text, gstin text, tax_scheme text, legal_name text, legal_address text, ' +
    'phone text, address text, delivery_area text, delivery_kilometres integer, delivery_fee_paise integer, ' +
    'free_delivery_from_paise integer, minimum_order_paise integer',
  insert: `INSERT INTO shop_settings
    (shop_id, fssai_number, gstin, tax_scheme, legal_name, legal_address, phone, address,
     delivery_area, delivery_kilometres, delivery_fee_paise, free_delivery_from_paise, minimum_order_paise)
    SELECT staged.* FROM staged JOIN shops ON shops.id = staged.shop_id ON CONFLICT DO NOTHING`,
}

export function* settingRows(batch: DemoShop[], { seed }: DemoSize): Generator<Row, void> {
  for (const shop of batch) {
    const { fssaiNumber, gstin, taxScheme, legalName, legalAddress } = termsOf(shop, seed)
    const { ownerMobile, street } = shop
    const { area, kilometres, feePaise, freeFromPaise, minimumPaise } = deliveryOf(shop, seed)
    yield [
      ...[shop.id, fssaiNumber, gstin, taxScheme, legalName, legalAddress, ownerMobile, street],
      ...[area, kilometres, feePaise, freeFromPaise, minimumPaise],
    ]
  }
}
