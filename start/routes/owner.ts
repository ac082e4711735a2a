import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware, pages } from '#start/kernel'
import {
  throttleInvitations,
  throttleInvitationsByDay,
  throttleNewCodes,
  throttleOrderPages,
  throttleUploads,
} from '#start/limits'

router
  .group(() => {
    router.resource('orders', controllers.owner.Orders).only(['index', 'show'])
    router.get('/past-orders', [controllers.owner.PastOrders, 'index']).as('past_orders.index')
    router
      .group(() => {
        router.post('/transitions', [controllers.owner.OrderTransitions, 'store']).as('transitions')
        router
          .delete('/transitions', [controllers.owner.OrderTransitions, 'destroy'])
          .as('step_back')
        router.post('/left-out-items', [controllers.owner.LeftOutItems, 'store']).as('left_out')
        router.put('/items/:item_id/weight', [controllers.owner.Weights, 'update']).as('weight')
        router.post('/payment', [controllers.owner.Payments, 'store']).as('payment')
        router.delete('/payment', [controllers.owner.Payments, 'destroy']).as('payment_dispute')
        router.post('/refund', [controllers.owner.Refunds, 'store']).as('refund')
        router.get('/bill', [controllers.owner.Bills, 'show']).as('bill')
        router
          .get('/bill.pdf', [controllers.owner.Bills, 'pdf'])
          .as('bill_pdf')
          .use(throttleOrderPages)
        router.get('/packing-slip', [controllers.owner.PackingSlips, 'show']).as('packing_slip')
      })
      .prefix('/orders/:order_id')
      .as('orders')
    router
      .get('/orders.csv', [controllers.owner.OrderExports, 'show'])
      .as('order_export')
      .use(middleware.listDeadline())
    router
      .resource('shops', controllers.owner.Shops)
      .use(['show', 'edit', 'update', 'destroy'], middleware.ownShop())
    router
      .group(() => {
        router
          .resource('shops.products', controllers.owner.Products)
          .as('products')
          .except(['index'])
        router
          .resource('shops.khatas', controllers.owner.Khatas)
          .as('khatas')
          .only(['index', 'show', 'store', 'update'])
        router.group(ofAShop).prefix('/shops/:shop_id')
        router.group(ofAKhata).prefix('/shops/:shop_id/khatas/:khata_id')
      })
      .use(middleware.ownShop())
  })
  .prefix('/owner')
  .as('owner')
  .use([...pages, middleware.loggedIn(), middleware.owner(), middleware.writes()])

function ofAShop() {
  router.post('/reopening', [controllers.owner.Reopenings, 'store']).as('reopenings.store')
  router.put('/products/:product_id/stock', [controllers.owner.Stock, 'update']).as('stock.update')
  router.get('/prices', [controllers.owner.Prices, 'index']).as('prices.index')
  router.put('/prices', [controllers.owner.Prices, 'update']).as('prices.update')
  router
    .resource('price-changes', controllers.owner.PriceChanges)
    .as('price_changes')
    .only(['create', 'store', 'destroy'])
  router.get('/price-message', [controllers.owner.PriceMessages, 'show']).as('price_messages.show')
  router.get('/sales', [controllers.owner.Sales, 'index']).as('sales.index')
  router.post('/product-edits', [controllers.owner.ProductEdits, 'store']).as('product_edits.store')
  router
    .delete('/product-edits/:id', [controllers.owner.ProductEdits, 'destroy'])
    .as('product_edits.destroy')
  router.get('/settings', [controllers.owner.ShopSettings, 'edit']).as('shop_settings.edit')
  router.get('/to-do', [controllers.owner.ToDos, 'show']).as('to_dos.show')
  router.put('/settings', [controllers.owner.ShopSettings, 'update']).as('shop_settings.update')
  router.get('/hours', [controllers.owner.Hours, 'edit']).as('hours.edit')
  router.put('/hours', [controllers.owner.Hours, 'update']).as('hours.update')
  router.post('/closed-today', [controllers.owner.ClosedToday, 'store']).as('closed_today.store')
  router
    .delete('/closed-today', [controllers.owner.ClosedToday, 'destroy'])
    .as('closed_today.destroy')
  router.get('/gst-returns', [controllers.owner.GstReturns, 'show']).as('gst_returns.show')
  router
    .get('/gst-returns.csv', [controllers.owner.GstReturns, 'table'])
    .as('gst_returns.table')
    .use(middleware.listDeadline())
  router
    .group(() => {
      router.get('/products.csv', [controllers.owner.ProductExports, 'show']).as('product_export')
      router.group(imports).prefix('/product-imports')
    })
    .use(middleware.listDeadline())
  router
    .post('/khata-invitations', [controllers.owner.KhataInvitations, 'store'])
    .as('khata_invitations.store')
    .use([throttleInvitations, throttleInvitationsByDay])
  router
    .delete('/khata-invitations/:id', [controllers.owner.KhataInvitations, 'destroy'])
    .as('khata_invitations.destroy')
  router
    .post('/khata-codes', [controllers.owner.KhataCodes, 'store'])
    .as('khata_codes.store')
    .use([throttleNewCodes])
  router.get('/counter', [controllers.owner.CounterSales, 'index']).as('counter_sales.index')
  router.post('/counter', [controllers.owner.CounterSales, 'store']).as('counter_sales.store')
  router
    .delete('/counter/:id', [controllers.owner.CounterSales, 'destroy'])
    .as('counter_sales.destroy')
  router.get('/dues', [controllers.owner.Dues, 'show']).as('dues.show')
  router.group(khataRequests).prefix('/khata-requests/:id').as('khata_requests')
}

function khataRequests() {
  router.put('/', [controllers.owner.KhataRequests, 'update']).as('update')
  router.delete('/', [controllers.owner.KhataRequests, 'destroy']).as('destroy')
}

function imports() {
  router.get('/create', [controllers.owner.ProductImports, 'create']).as('product_imports.create')
  router
    .post('/', [controllers.owner.ProductImports, 'store'])
    .as('product_imports.store')
    .use(throttleUploads)
  router.get('/:id', [controllers.owner.ProductImports, 'show']).as('product_imports.show')
  router.put('/:id', [controllers.owner.ProductImports, 'update']).as('product_imports.update')
  router
    .post('/:id', [controllers.owner.ImportedProducts, 'store'])
    .as('imported_products.store')
    .use(throttleUploads)
  router
    .get('/:import_id/columns', [controllers.owner.ImportColumns, 'edit'])
    .as('import_columns.edit')
  router
    .put('/:import_id/columns', [controllers.owner.ImportColumns, 'update'])
    .as('import_columns.update')
}

function ofAKhata() {
  router
    .get('/statement.pdf', [controllers.owner.KhataStatements, 'show'])
    .as('khatas.statement')
    .use(throttleOrderPages)
  router
    .post('/codes', [controllers.owner.KhataJoiningCodes, 'store'])
    .as('khata_joining_codes.store')
    .use([throttleNewCodes])
  router.post('/settlements', [controllers.owner.Settlements, 'store']).as('settlements.store')
  router.post('/closing', [controllers.owner.KhataClosings, 'store']).as('khata_closings.store')
  router
    .get('/transactions/:transaction_id/reversal', [controllers.owner.KhataReversals, 'create'])
    .as('khata_reversals.create')
  router
    .post('/transactions/:transaction_id/reversal', [controllers.owner.KhataReversals, 'store'])
    .as('khata_reversals.store')
}
