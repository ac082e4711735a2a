import type { KeptForm } from '#forms/kept_forms'

/** Message keys of what people type or choose. Other fields are sent, but not shown. */
const LABELS: Record<string, string> = {
  accept_within: 'board.accept_within',
  address: 'checkout.address',
  amount: 'khata.amount',
  best_before: 'label.best_before',
  brand: 'owner.brand',
  change: 'kept.change',
  city: 'shops.city',
  code: 'khata.code',
  code_limit: 'khata.limit_in',
  country: 'label.country',
  csv: 'imports.title',
  delivery_fee: 'board.delivery_fee',
  diet: 'label.diet',
  fssai_number: 'board.fssai_number',
  full_name: 'accounts.full_name',
  gst: 'label.gst',
  gstin: 'board.gstin',
  hsn_code: 'label.hsn_code',
  legal_address: 'board.legal_address',
  legal_name: 'board.legal_name',
  limit: 'khata.limit_in',
  maker: 'label.maker',
  maker_address: 'label.maker_address',
  minimum_order: 'board.minimum_order',
  mobile: 'accounts.mobile',
  name: 'owner.product_name',
  name_hi: 'owner.product_name_hi',
  note: 'khata.note',
  packing_tolerance: 'board.packing_tolerance',
  pin_code: 'owner.pin_code',
  price: 'owner.price',
  reason: 'board.reason',
  reference: 'orders.reference_label',
  stock: 'owner.stock',
  tax_scheme: 'board.tax_scheme',
  unit: 'owner.unit',
  upi_id: 'board.upi_id',
  username: 'khata.username',
  weight: 'kept.weight',
}

/** Message keys of what the button said, by route. */
const ACTIONS: Record<string, string> = {
  'account.update': 'account.title',
  'account.sessions.destroy': 'account.everywhere',
  'checkouts.store': 'checkout.submit',
  'khata_codes.store': 'khata.enter_code',
  'khata_invitations.acceptance': 'khata.accept',
  'khata_invitations.refusal': 'khata.decline',
  'khatas.closing': 'khata.close',
  'orders.answer': 'kept.answer',
  'orders.cancellation': 'orders.cancel',
  'orders.payment': 'orders.say_paid',
  'orders.reorder': 'orders.reorder',
  'owner.import_columns.update': 'imports.change_columns',
  'owner.imported_products.store': 'imports.title',
  'owner.khata_closings.store': 'khata.close',
  'owner.khata_codes.store': 'khata.make_code_button',
  'owner.khata_invitations.destroy': 'khata.withdraw',
  'owner.khata_invitations.store': 'khata.invite_button',
  'owner.khata_reversals.store': 'khata.reverse',
  'owner.khatas.update': 'khata.change_limit',
  'owner.orders.left_out': 'board.leave_out',
  'owner.orders.payment': 'board.confirm_payment',
  'owner.orders.payment_dispute': 'board.dispute_payment',
  'owner.orders.refund': 'board.refunds',
  'owner.orders.weight': 'kept.weight',
  'owner.prices.update': 'prices.title',
  'owner.product_imports.update': 'imports.correct',
  'owner.products.destroy': 'owner.delete',
  'owner.products.store': 'owner.add_product',
  'owner.products.update': 'owner.edit_product',
  'owner.reopenings.store': 'closing.reopen',
  'owner.settlements.store': 'khata.settle_button',
  'owner.shop_settings.update': 'board.settings',
  'owner.shops.destroy': 'closing.title',
  'owner.shops.store': 'owner.create_shop',
  'owner.shops.update': 'owner.edit_shop',
  'owner.stock.update': 'owner.stock',
}

/** Of a row of prices, what was typed. */
const fieldOf = (name: string) => /^rows\[[^\]]+\]\[(\w+)\]$/.exec(name)?.[1] ?? name

/** What the form was to do, what was typed, and all that is sent. */
export function keptFormPage({ action, fields }: KeptForm) {
  const verb = fields.find(({ name }) => name === 'verb')?.value
  return {
    action: verb ? `board.verb.${verb}` : (ACTIONS[action] ?? null),
    fields,
    typed: fields.flatMap(({ name, value }) =>
      LABELS[fieldOf(name)] && value ? [{ label: LABELS[fieldOf(name)], value }] : []
    ),
  }
}
