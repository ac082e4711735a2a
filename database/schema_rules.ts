import type { ColumnInfo, SchemaRules } from '@adonisjs/lucid/types/schema_generator'

/** A column that only the database writes. */
const given = { prepare: () => undefined }

const luxon = { source: 'luxon', typeImports: ['DateTime'] }

const secret = text({ serializeAs: null })

const MEASURED = {
  measure: typed('Measure', { source: '#measures/goods', typeImports: ['Measure'] }),
  sold_as: typed('SoldAs', { source: '#measures/goods', typeImports: ['SoldAs'] }),
}

const ofOrders = (type: string) => ({ source: '#models/order_state', typeImports: [type] })

const ofTaxScheme = { source: '#bills/tax_scheme', typeImports: ['TaxScheme'] }

const ofTax = (type: string) => ({ source: '#bills/tax', typeImports: [type] })

function text(args: object): ColumnInfo {
  return { tsType: 'string', decorators: [{ name: '@column', args }] }
}

function typed(tsType: string, ...imports: NonNullable<ColumnInfo['imports']>): ColumnInfo {
  return { tsType, imports, decorators: [{ name: '@column' }] }
}

function time(args = {}): ColumnInfo {
  return { tsType: 'DateTime', imports: [luxon], decorators: [{ name: '@column.dateTime', args }] }
}

function number(args = {}): ColumnInfo {
  const imports = [{ source: '#database/bigint', namedImports: ['bigint'] }]
  return { tsType: 'number', imports, decorators: [{ name: '@bigint', args }] }
}

function day(): ColumnInfo {
  const imports = [{ source: '#database/day', namedImports: ['day'] }]
  return { tsType: 'string', imports, decorators: [{ name: '@day' }] }
}

/** Types more precise than those derived from the columns. */
export default {
  types: {
    'bigint': number(),
    'DateTime': time(),
    /** `citext` is the only user-defined type here. */
    'USER-DEFINED': typed('string'),
  },
  columns: {
    created_at: time({ autoCreate: true }),
    updated_at: time({ autoCreate: true, autoUpdate: true }),
  },
  tables: {
    bill_lines: { columns: { ...MEASURED } },
    bills: {
      columns: {
        kind: typed('BillKind', ofTax('BillKind')),
        number: text(given),
        order_number: number(),
        tax_scheme: typed('TaxScheme', ofTaxScheme),
      },
      skipColumns: ['issued_on'],
    },
    cities: { columns: { other_names: typed('string[]') } },
    counter_sale_lines: { columns: MEASURED },
    counter_sales: {
      columns: { payment: typed(`'cash' | 'upi' | 'khata'`) },
      skipColumns: ['sold_on'],
    },
    import_drafts: {
      columns: {
        columns: typed('Columns', { source: '#csv/column_names', typeImports: ['Columns'] }),
        corrections: typed('Corrections', {
          source: '#csv/corrections',
          typeImports: ['Corrections'],
        }),
        decimal_mark: typed('DecimalMark', {
          source: '#numbers/grouped',
          typeImports: ['DecimalMark'],
        }),
        separator: typed('Separator', {
          source: '#validators/product_import',
          typeImports: ['Separator'],
        }),
        stocks: typed('Record<string, number>'),
      },
    },
    khatas: {
      columns: { closed_at: time(given), state: typed(`'open' | 'closed'`) },
    },
    khata_invitations: {
      columns: {
        code_digest: secret,
        state: typed(`'waiting' | 'accepted' | 'declined' | 'withdrawn'`),
      },
      skipColumns: ['answered_at'],
    },
    khata_requests: {
      columns: { state: typed(`'waiting' | 'confirmed' | 'declined' | 'withdrawn'`) },
      skipColumns: ['answered_at'],
    },
    khata_transactions: {
      columns: {
        kind: typed(
          `'order' | 'amendment' | 'weight' | 'return' | 'settlement' | 'transfer' | 'sale' | 'reversal'`
        ),
      },
    },
    orders: {
      columns: {
        fulfilment: typed('Fulfilment', ofOrders('Fulfilment')),
        missing_items: typed('MissingItemsChoice', ofOrders('MissingItemsChoice')),
        number: number(given),
        payment_method: typed('PaymentMethod', ofOrders('PaymentMethod')),
        payment_state: typed('PaymentState', ofOrders('PaymentState')),
        state: typed('OrderState', ofOrders('OrderState')),
        waiting_since: { tsType: 'Date', decorators: [{ name: '@column', args: given }] },
      },
    },
    order_events: {
      columns: {
        subject: typed(
          `'state' | 'payment' | 'item' | 'undone' | 'weight' | 'question' | 'amended'`
        ),
      },
    },
    order_items: { columns: MEASURED },
    products: {
      columns: {
        ...MEASURED,
        best_before: day(),
        diet: typed('Diet', { source: '#models/product_label', typeImports: ['Diet'] }),
        presets: typed('number[]'),
        unit_price_paise: number(given),
        category: typed('Category', { source: '#models/category', typeImports: ['Category'] }),
        shop_city: text(given),
        shop_name: text(given),
      },
      skipColumns: ['in_stock', 'shop_closed_at'],
    },
    shop_settings: {
      columns: {
        delivery_area: typed('AreaKind', {
          source: '#delivery/delivery_area',
          typeImports: ['AreaKind'],
        }),
        delivery_pins: typed('string[]'),
        tax_scheme: typed('TaxScheme', ofTaxScheme),
      },
    },
    users: {
      columns: {
        locale: typed('Locale', { source: '#locale/chosen_locale', typeImports: ['Locale'] }),
        password: secret,
        role: typed(`'customer' | 'shopowner'`),
      },
    },
  },
} satisfies SchemaRules
