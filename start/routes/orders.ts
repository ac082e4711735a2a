import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware, pages } from '#start/kernel'
import {
  throttleCodes,
  throttleCodesByAddress,
  throttleInvitations,
  throttleInvitationsByDay,
  throttleNewCodes,
  throttleOrderPages,
  throttleOrders,
  throttleUploads,
} from '#start/limits'

router
  .group(() => {
    router.get('/shops/:shop_id/checkout', [controllers.Checkouts, 'create']).as('checkouts.create')
    router
      .post('/shops/:shop_id/checkout', [controllers.Checkouts, 'store'])
      .as('checkouts.store')
      .use(throttleOrders)
    router.get('/products/:product_id/checkout', [controllers.Checkouts, 'buy']).as('checkouts.buy')

    router.resource('orders', controllers.Orders).only(['index', 'show'])
    router.get('/orders/stream', [controllers.OrderStreams, 'show']).as('orders.stream')
    router.resource('khatas', controllers.Khatas).only(['index', 'show'])
    router.get('/khatas/:khata_id/upi.svg', [controllers.UpiCodes, 'khata']).as('khatas.upi_code')
    router
      .post('/khatas/:khata_id/closing', [controllers.KhataClosings, 'store'])
      .as('khatas.closing')
    router
      .post('/khata-codes', [controllers.KhataCodes, 'store'])
      .as('khata_codes.store')
      .use([throttleCodes, throttleCodesByAddress])
    router
      .group(() => {
        router.post('/acceptance', [controllers.KhataAcceptances, 'store']).as('acceptance')
        router.post('/refusal', [controllers.KhataRefusals, 'store']).as('refusal')
      })
      .prefix('/khata-invitations/:id')
      .as('khata_invitations')
    router
      .group(() => {
        router.post('/cancellation', [controllers.OrderCancellations, 'store']).as('cancellation')
        router.post('/payment', [controllers.Payments, 'store']).as('payment')
        router.post('/reorder', [controllers.Reorders, 'store']).as('reorder')
        // Pages opened before the stream was shared still ask here.
        router.get('/stream', [controllers.OrderStreams, 'show']).as('stream_of_one')
        router.get('/upi.svg', [controllers.UpiCodes, 'order']).as('upi_code')
      })
      .prefix('/orders/:order_id')
      .as('orders')
  })
  .use([...pages, middleware.loggedIn(), throttleOrderPages, middleware.writes()])

router
  .group(() => {
    // Pages opened before the stream was shared still ask here.
    router.get('/orders/stream', [controllers.OrderStreams, 'show']).as('order_stream')
    router.resource('orders', controllers.owner.Orders).only(['index', 'show'])
    router.get('/past-orders', [controllers.owner.PastOrders, 'index']).as('past_orders.index')
    router
      .group(() => {
        router.post('/transitions', [controllers.owner.OrderTransitions, 'store']).as('transitions')
        router.post('/left-out-items', [controllers.owner.LeftOutItems, 'store']).as('left_out')
        router.post('/payment', [controllers.owner.Payments, 'store']).as('payment')
        router.delete('/payment', [controllers.owner.Payments, 'destroy']).as('payment_dispute')
        router.post('/refund', [controllers.owner.Refunds, 'store']).as('refund')
        router.get('/packing-slip', [controllers.owner.PackingSlips, 'show']).as('packing_slip')
      })
      .prefix('/orders/:order_id')
      .as('orders')
    router
      .get('/shops/:shop_id/settings', [controllers.owner.ShopSettings, 'edit'])
      .as('shop_settings.edit')
    router
      .put('/shops/:shop_id/settings', [controllers.owner.ShopSettings, 'update'])
      .as('shop_settings.update')
    router
      .get('/orders.csv', [controllers.owner.OrderExports, 'show'])
      .as('order_export')
      .use(middleware.listDeadline())
    router
      .group(() => {
        router.get('/products.csv', [controllers.owner.ProductExports, 'show']).as('product_export')
        router
          .get('/product-imports/create', [controllers.owner.ProductImports, 'create'])
          .as('product_imports.create')
        router
          .post('/product-imports/preview', [controllers.owner.ProductImports, 'preview'])
          .as('product_imports.preview')
          .use(throttleUploads)
        router
          .post('/product-imports', [controllers.owner.ProductImports, 'store'])
          .as('product_imports.store')
          .use(throttleUploads)
      })
      .prefix('/shops/:shop_id')
      .use(middleware.listDeadline())
    router
      .resource('shops.khatas', controllers.owner.Khatas)
      .as('khatas')
      .only(['index', 'show', 'update'])
    router
      .group(() => {
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
      })
      .prefix('/shops/:shop_id')
    router
      .group(() => {
        router
          .post('/settlements', [controllers.owner.Settlements, 'store'])
          .as('settlements.store')
        router
          .post('/closing', [controllers.owner.KhataClosings, 'store'])
          .as('khata_closings.store')
        router
          .get('/transactions/:transaction_id/reversal', [
            controllers.owner.KhataReversals,
            'create',
          ])
          .as('khata_reversals.create')
        router
          .post('/transactions/:transaction_id/reversal', [
            controllers.owner.KhataReversals,
            'store',
          ])
          .as('khata_reversals.store')
      })
      .prefix('/shops/:shop_id/khatas/:khata_id')
  })
  .prefix('/owner')
  .as('owner')
  .use([...pages, middleware.loggedIn(), middleware.owner(), middleware.writes()])
