import '@adonisjs/core/types/http'

type ParamValue = string | number | bigint | boolean

export type ScannedRoutes = {
  ALL: {
    'kept_forms.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'kept_forms.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'kept_forms.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'metrics': { paramsTuple?: []; params?: {} }
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'offline': { paramsTuple?: []; params?: {} }
    'language.update': { paramsTuple?: []; params?: {} }
    'place.edit': { paramsTuple?: []; params?: {} }
    'place.update': { paramsTuple?: []; params?: {} }
    'place.destroy': { paramsTuple?: []; params?: {} }
    'shops.index': { paramsTuple?: []; params?: {} }
    'shops.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'products.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'searches.show': { paramsTuple?: []; params?: {} }
    'suggestions.index': { paramsTuple?: []; params?: {} }
    'cart.show': { paramsTuple?: []; params?: {} }
    'cart.destroy': { paramsTuple?: []; params?: {} }
    'cart_items.store': { paramsTuple?: []; params?: {} }
    'cart_items.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'cart_items.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'sessions.destroy': { paramsTuple?: []; params?: {} }
    'sessions.create': { paramsTuple?: []; params?: {} }
    'sessions.store': { paramsTuple?: []; params?: {} }
    'accounts.create': { paramsTuple: [ParamValue]; params: {'role': ParamValue} }
    'accounts.store': { paramsTuple: [ParamValue]; params: {'role': ParamValue} }
    'api.accounts.store': { paramsTuple?: []; params?: {} }
    'api.tokens.store': { paramsTuple?: []; params?: {} }
    'api.profile.show': { paramsTuple?: []; params?: {} }
    'api.searches.show': { paramsTuple?: []; params?: {} }
    'api.shops.index': { paramsTuple?: []; params?: {} }
    'api.shops.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.products.index': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'api.products.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'product_id': ParamValue} }
    'api.tokens.destroy': { paramsTuple?: []; params?: {} }
    'api.shops.store': { paramsTuple?: []; params?: {} }
    'api.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.orders.index': { paramsTuple?: []; params?: {} }
    'api.orders.store': { paramsTuple?: []; params?: {} }
    'api.order_cancellations.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.order_statuses.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.order_items.update': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'item_id': ParamValue} }
    'api.weight_answers.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'item_id': ParamValue} }
    'api.bills.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.database.show': { paramsTuple?: []; params?: {} }
    'api.shops.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.products.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'api.products.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'product_id': ParamValue} }
    'api.products.patch': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'product_id': ParamValue} }
    'api.products.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'product_id': ParamValue} }
    'api_documents.show': { paramsTuple?: []; params?: {} }
    'api_documents.page': { paramsTuple?: []; params?: {} }
    'account.show': { paramsTuple?: []; params?: {} }
    'account.update': { paramsTuple?: []; params?: {} }
    'account.password.edit': { paramsTuple?: []; params?: {} }
    'account.password.update': { paramsTuple?: []; params?: {} }
    'account.sessions.destroy': { paramsTuple?: []; params?: {} }
    'account.push_subscription.destroy': { paramsTuple?: []; params?: {} }
    'account.push_subscription.update': { paramsTuple?: []; params?: {} }
    'account.addresses.index': { paramsTuple?: []; params?: {} }
    'account.addresses.create': { paramsTuple?: []; params?: {} }
    'account.addresses.store': { paramsTuple?: []; params?: {} }
    'account.addresses.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.addresses.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.addresses.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.addresses.default': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'checkouts.create': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'checkouts.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'checkouts.buy': { paramsTuple: [ParamValue]; params: {'product_id': ParamValue} }
    'usuals.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'orders.index': { paramsTuple?: []; params?: {} }
    'orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.stream': { paramsTuple?: []; params?: {} }
    'khatas.index': { paramsTuple?: []; params?: {} }
    'khatas.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'khatas.upi_code': { paramsTuple: [ParamValue]; params: {'khata_id': ParamValue} }
    'khatas.upi_picture': { paramsTuple: [ParamValue]; params: {'khata_id': ParamValue} }
    'khatas.statement': { paramsTuple: [ParamValue]; params: {'khata_id': ParamValue} }
    'khatas.closing': { paramsTuple: [ParamValue]; params: {'khata_id': ParamValue} }
    'khata_codes.store': { paramsTuple?: []; params?: {} }
    'khata_requests.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'khata_requests.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'khata_invitations.acceptance': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'khata_invitations.refusal': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.cancellation': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.payment': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.answer': { paramsTuple: [ParamValue,ParamValue]; params: {'order_id': ParamValue,'item_id': ParamValue} }
    'orders.reorder': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.bill': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.bill_pdf': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.upi_code': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.upi_picture': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.index': { paramsTuple?: []; params?: {} }
    'owner.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.past_orders.index': { paramsTuple?: []; params?: {} }
    'owner.orders.transitions': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.step_back': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.left_out': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.weight': { paramsTuple: [ParamValue,ParamValue]; params: {'order_id': ParamValue,'item_id': ParamValue} }
    'owner.orders.payment': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.payment_dispute': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.refund': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.bill': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.bill_pdf': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.packing_slip': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.order_export': { paramsTuple?: []; params?: {} }
    'owner.shops.index': { paramsTuple?: []; params?: {} }
    'owner.shops.create': { paramsTuple?: []; params?: {} }
    'owner.shops.store': { paramsTuple?: []; params?: {} }
    'owner.shops.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.shops.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.shops.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.shops.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.products.create': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.products.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.products.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.products.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.products.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.products.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.khatas.index': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.khatas.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.khatas.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.khatas.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.reopenings.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.stock.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'product_id': ParamValue} }
    'owner.prices.index': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.prices.update': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.price_messages.show': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.shop_settings.edit': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.to_dos.show': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.shop_settings.update': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.hours.edit': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.hours.update': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.closed_today.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.closed_today.destroy': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.gst_returns.show': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.gst_returns.table': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.product_export': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.product_imports.create': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.product_imports.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.product_imports.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.product_imports.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.imported_products.store': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.import_columns.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'import_id': ParamValue} }
    'owner.import_columns.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'import_id': ParamValue} }
    'owner.khata_invitations.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.khata_invitations.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.khata_codes.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.counter_sales.index': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.counter_sales.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.counter_sales.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.dues.show': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.khata_requests.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.khata_requests.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.khatas.statement': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue} }
    'owner.khata_joining_codes.store': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue} }
    'owner.settlements.store': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue} }
    'owner.khata_closings.store': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue} }
    'owner.khata_reversals.create': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue,'transaction_id': ParamValue} }
    'owner.khata_reversals.store': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue,'transaction_id': ParamValue} }
  }
  GET: {
    'kept_forms.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'metrics': { paramsTuple?: []; params?: {} }
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'offline': { paramsTuple?: []; params?: {} }
    'place.edit': { paramsTuple?: []; params?: {} }
    'shops.index': { paramsTuple?: []; params?: {} }
    'shops.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'products.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'searches.show': { paramsTuple?: []; params?: {} }
    'suggestions.index': { paramsTuple?: []; params?: {} }
    'cart.show': { paramsTuple?: []; params?: {} }
    'sessions.create': { paramsTuple?: []; params?: {} }
    'accounts.create': { paramsTuple: [ParamValue]; params: {'role': ParamValue} }
    'api.profile.show': { paramsTuple?: []; params?: {} }
    'api.searches.show': { paramsTuple?: []; params?: {} }
    'api.shops.index': { paramsTuple?: []; params?: {} }
    'api.shops.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.products.index': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'api.products.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'product_id': ParamValue} }
    'api.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.orders.index': { paramsTuple?: []; params?: {} }
    'api.bills.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.database.show': { paramsTuple?: []; params?: {} }
    'api_documents.show': { paramsTuple?: []; params?: {} }
    'api_documents.page': { paramsTuple?: []; params?: {} }
    'account.show': { paramsTuple?: []; params?: {} }
    'account.password.edit': { paramsTuple?: []; params?: {} }
    'account.addresses.index': { paramsTuple?: []; params?: {} }
    'account.addresses.create': { paramsTuple?: []; params?: {} }
    'account.addresses.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'checkouts.create': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'checkouts.buy': { paramsTuple: [ParamValue]; params: {'product_id': ParamValue} }
    'orders.index': { paramsTuple?: []; params?: {} }
    'orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.stream': { paramsTuple?: []; params?: {} }
    'khatas.index': { paramsTuple?: []; params?: {} }
    'khatas.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'khatas.upi_code': { paramsTuple: [ParamValue]; params: {'khata_id': ParamValue} }
    'khatas.upi_picture': { paramsTuple: [ParamValue]; params: {'khata_id': ParamValue} }
    'khatas.statement': { paramsTuple: [ParamValue]; params: {'khata_id': ParamValue} }
    'orders.bill': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.bill_pdf': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.upi_code': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.upi_picture': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.index': { paramsTuple?: []; params?: {} }
    'owner.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.past_orders.index': { paramsTuple?: []; params?: {} }
    'owner.orders.bill': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.bill_pdf': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.packing_slip': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.order_export': { paramsTuple?: []; params?: {} }
    'owner.shops.index': { paramsTuple?: []; params?: {} }
    'owner.shops.create': { paramsTuple?: []; params?: {} }
    'owner.shops.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.shops.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.products.create': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.products.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.products.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.khatas.index': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.khatas.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.prices.index': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.price_messages.show': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.shop_settings.edit': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.to_dos.show': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.hours.edit': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.gst_returns.show': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.gst_returns.table': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.product_export': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.product_imports.create': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.product_imports.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.import_columns.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'import_id': ParamValue} }
    'owner.counter_sales.index': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.dues.show': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.khatas.statement': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue} }
    'owner.khata_reversals.create': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue,'transaction_id': ParamValue} }
  }
  HEAD: {
    'kept_forms.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'metrics': { paramsTuple?: []; params?: {} }
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'offline': { paramsTuple?: []; params?: {} }
    'place.edit': { paramsTuple?: []; params?: {} }
    'shops.index': { paramsTuple?: []; params?: {} }
    'shops.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'products.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'searches.show': { paramsTuple?: []; params?: {} }
    'suggestions.index': { paramsTuple?: []; params?: {} }
    'cart.show': { paramsTuple?: []; params?: {} }
    'sessions.create': { paramsTuple?: []; params?: {} }
    'accounts.create': { paramsTuple: [ParamValue]; params: {'role': ParamValue} }
    'api.profile.show': { paramsTuple?: []; params?: {} }
    'api.searches.show': { paramsTuple?: []; params?: {} }
    'api.shops.index': { paramsTuple?: []; params?: {} }
    'api.shops.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.products.index': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'api.products.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'product_id': ParamValue} }
    'api.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.orders.index': { paramsTuple?: []; params?: {} }
    'api.bills.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.database.show': { paramsTuple?: []; params?: {} }
    'api_documents.show': { paramsTuple?: []; params?: {} }
    'api_documents.page': { paramsTuple?: []; params?: {} }
    'account.show': { paramsTuple?: []; params?: {} }
    'account.password.edit': { paramsTuple?: []; params?: {} }
    'account.addresses.index': { paramsTuple?: []; params?: {} }
    'account.addresses.create': { paramsTuple?: []; params?: {} }
    'account.addresses.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'checkouts.create': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'checkouts.buy': { paramsTuple: [ParamValue]; params: {'product_id': ParamValue} }
    'orders.index': { paramsTuple?: []; params?: {} }
    'orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.stream': { paramsTuple?: []; params?: {} }
    'khatas.index': { paramsTuple?: []; params?: {} }
    'khatas.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'khatas.upi_code': { paramsTuple: [ParamValue]; params: {'khata_id': ParamValue} }
    'khatas.upi_picture': { paramsTuple: [ParamValue]; params: {'khata_id': ParamValue} }
    'khatas.statement': { paramsTuple: [ParamValue]; params: {'khata_id': ParamValue} }
    'orders.bill': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.bill_pdf': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.upi_code': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.upi_picture': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.index': { paramsTuple?: []; params?: {} }
    'owner.orders.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.past_orders.index': { paramsTuple?: []; params?: {} }
    'owner.orders.bill': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.bill_pdf': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.packing_slip': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.order_export': { paramsTuple?: []; params?: {} }
    'owner.shops.index': { paramsTuple?: []; params?: {} }
    'owner.shops.create': { paramsTuple?: []; params?: {} }
    'owner.shops.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.shops.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.products.create': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.products.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.products.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.khatas.index': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.khatas.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.prices.index': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.price_messages.show': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.shop_settings.edit': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.to_dos.show': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.hours.edit': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.gst_returns.show': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.gst_returns.table': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.product_export': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.product_imports.create': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.product_imports.show': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.import_columns.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'import_id': ParamValue} }
    'owner.counter_sales.index': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.dues.show': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.khatas.statement': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue} }
    'owner.khata_reversals.create': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue,'transaction_id': ParamValue} }
  }
  POST: {
    'kept_forms.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'language.update': { paramsTuple?: []; params?: {} }
    'cart_items.store': { paramsTuple?: []; params?: {} }
    'sessions.destroy': { paramsTuple?: []; params?: {} }
    'sessions.store': { paramsTuple?: []; params?: {} }
    'accounts.store': { paramsTuple: [ParamValue]; params: {'role': ParamValue} }
    'api.accounts.store': { paramsTuple?: []; params?: {} }
    'api.tokens.store': { paramsTuple?: []; params?: {} }
    'api.shops.store': { paramsTuple?: []; params?: {} }
    'api.orders.store': { paramsTuple?: []; params?: {} }
    'api.order_cancellations.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.weight_answers.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'item_id': ParamValue} }
    'api.products.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'account.addresses.store': { paramsTuple?: []; params?: {} }
    'checkouts.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'usuals.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'khatas.closing': { paramsTuple: [ParamValue]; params: {'khata_id': ParamValue} }
    'khata_codes.store': { paramsTuple?: []; params?: {} }
    'khata_requests.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'khata_invitations.acceptance': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'khata_invitations.refusal': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'orders.cancellation': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.payment': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'orders.answer': { paramsTuple: [ParamValue,ParamValue]; params: {'order_id': ParamValue,'item_id': ParamValue} }
    'orders.reorder': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.transitions': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.left_out': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.payment': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.refund': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.shops.store': { paramsTuple?: []; params?: {} }
    'owner.products.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.khatas.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.reopenings.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.closed_today.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.product_imports.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.imported_products.store': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.khata_invitations.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.khata_codes.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.counter_sales.store': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.khata_joining_codes.store': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue} }
    'owner.settlements.store': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue} }
    'owner.khata_closings.store': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue} }
    'owner.khata_reversals.store': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'shop_id': ParamValue,'khata_id': ParamValue,'transaction_id': ParamValue} }
  }
  DELETE: {
    'kept_forms.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'place.destroy': { paramsTuple?: []; params?: {} }
    'cart.destroy': { paramsTuple?: []; params?: {} }
    'cart_items.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.tokens.destroy': { paramsTuple?: []; params?: {} }
    'api.shops.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.products.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'product_id': ParamValue} }
    'account.sessions.destroy': { paramsTuple?: []; params?: {} }
    'account.push_subscription.destroy': { paramsTuple?: []; params?: {} }
    'account.addresses.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'khata_requests.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.orders.step_back': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.orders.payment_dispute': { paramsTuple: [ParamValue]; params: {'order_id': ParamValue} }
    'owner.shops.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.products.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.closed_today.destroy': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.khata_invitations.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.counter_sales.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.khata_requests.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
  }
  PUT: {
    'place.update': { paramsTuple?: []; params?: {} }
    'cart_items.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.products.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'product_id': ParamValue} }
    'account.update': { paramsTuple?: []; params?: {} }
    'account.password.update': { paramsTuple?: []; params?: {} }
    'account.push_subscription.update': { paramsTuple?: []; params?: {} }
    'account.addresses.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'account.addresses.default': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.orders.weight': { paramsTuple: [ParamValue,ParamValue]; params: {'order_id': ParamValue,'item_id': ParamValue} }
    'owner.shops.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.products.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.khatas.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.stock.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'product_id': ParamValue} }
    'owner.prices.update': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.shop_settings.update': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.hours.update': { paramsTuple: [ParamValue]; params: {'shop_id': ParamValue} }
    'owner.product_imports.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.import_columns.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'import_id': ParamValue} }
    'owner.khata_requests.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
  }
  PATCH: {
    'api.order_statuses.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.order_items.update': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'item_id': ParamValue} }
    'api.products.patch': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'product_id': ParamValue} }
    'account.addresses.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.shops.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'owner.products.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
    'owner.khatas.update': { paramsTuple: [ParamValue,ParamValue]; params: {'shop_id': ParamValue,'id': ParamValue} }
  }
}
declare module '@adonisjs/core/types/http' {
  export interface RoutesList extends ScannedRoutes {}
}