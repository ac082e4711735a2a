import edge from 'edge.js'
import router from '@adonisjs/core/services/router'
import { withPaise } from '#locale/rupees'
import type { Measure } from '#measures/goods'
import { isSoldOut } from '#measures/portion'
import type { ProductCache } from '#caches/product_cache'

type Shown = NonNullable<Awaited<ReturnType<ProductCache['one']>>>

/** UN/CEFACT codes. */
const UNITS: Record<Measure, { base: string; compared: string }> = {
  weight: { base: 'GRM', compared: 'KGM' },
  volume: { base: 'MLT', compared: 'LTR' },
  length: { base: 'CMT', compared: 'MTR' },
  pieces: { base: 'C62', compared: 'C62' },
}

const CONTEXT = 'https://schema.org'

/**
 * The product and its offer as JSON-LD for search engines: a data block, which browsers do not run, and which nothing
 * typed can end. Addresses are relative to the page.
 */
export function linkedData(shown: Shown) {
  const json = JSON.stringify(productData(shown)).replaceAll('<', '\\u003c')
  return edge.globals.html.safe(`<script type="application/ld+json">${json}</script>`)
}

function productData({ product, shop }: Shown) {
  const { id, name, nameHi, brand, category, country, maker, makerAddress } = product
  const url = router.makeUrl('products.show', { shop_id: shop.id, id })
  return {
    '@context': CONTEXT,
    '@type': 'Product',
    '@id': url,
    url,
    name,
    'alternateName': nameHi ?? undefined,
    'category': category ?? undefined,
    'brand': brand ? { '@type': 'Brand', 'name': brand } : undefined,
    'countryOfOrigin': country ? { '@type': 'Country', 'name': country } : undefined,
    'manufacturer': maker
      ? { '@type': 'Organization', 'name': maker, 'address': makerAddress ?? undefined }
      : undefined,
    'offers': offerOf({ product, shop }, url),
  }
}

function offerOf({ product, shop }: Shown, url: string) {
  const { pricePaise, mrpPaise } = product
  return {
    '@type': 'Offer',
    url,
    'price': withPaise(pricePaise),
    'priceCurrency': 'INR',
    'availability': `${CONTEXT}/${isSoldOut(product) ? 'OutOfStock' : 'InStock'}`,
    'priceSpecification': [
      { ...priceOf(pricePaise), ...quantityOf(product) },
      ...(mrpPaise ? [{ ...priceOf(mrpPaise), priceType: `${CONTEXT}/ListPrice` }] : []),
    ],
    'seller': sellerOf(shop),
  }
}

function priceOf(paise: number) {
  const price = { price: withPaise(paise), priceCurrency: 'INR', valueAddedTaxIncluded: true }
  return { '@type': 'UnitPriceSpecification', ...price }
}

/** What the price is for, and the unit that prices are compared by. */
function quantityOf(product: Shown['product']) {
  const { base, compared } = UNITS[product.measure]
  const quantity = (value: number, unitCode: string) => {
    return { '@type': 'QuantitativeValue', value, unitCode }
  }
  const valueReference = quantity(1, compared)
  return { referenceQuantity: { ...quantity(product.netQuantity, base), valueReference } }
}

function sellerOf({ id, name, city, pinCode, gstin, legalName, legalAddress }: Shown['shop']) {
  return {
    '@type': 'GroceryStore',
    'url': router.makeUrl('shops.show', { id }),
    name,
    'legalName': legalName ?? undefined,
    'taxID': gstin ?? undefined,
    'address': {
      '@type': 'PostalAddress',
      'streetAddress': legalAddress ?? undefined,
      'addressLocality': city,
      'postalCode': pinCode ?? undefined,
      'addressCountry': 'IN',
    },
  }
}
