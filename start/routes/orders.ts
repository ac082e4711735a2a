import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware, pages } from '#start/kernel'
import {
  throttleCodes,
  throttleCodesByAddress,
  throttleKhataRequests,
  throttleOrderPages,
  throttleOrders,
} from '#start/limits'

router
  .group(() => {
    router.get('/shops/:shop_id/checkout', [controllers.Checkouts, 'create']).as('checkouts.create')
    router
      .post('/shops/:shop_id/checkout', [controllers.Checkouts, 'store'])
      .as('checkouts.store')
      .use(throttleOrders)
    router.get('/products/:product_id/checkout', [controllers.Checkouts, 'buy']).as('checkouts.buy')

    router.post('/shops/:shop_id/usual', [controllers.Usuals, 'store']).as('usuals.store')

    router.resource('orders', controllers.Orders).only(['index', 'show'])
    router.get('/orders/stream', [controllers.OrderStreams, 'show']).as('orders.stream')
    router.resource('khatas', controllers.Khatas).only(['index', 'show'])
    router.get('/khatas/:khata_id/upi.svg', [controllers.UpiCodes, 'khata']).as('khatas.upi_code')
    router
      .get('/khatas/:khata_id/upi.png', [controllers.UpiCodes, 'khataPicture'])
      .as('khatas.upi_picture')
    router
      .get('/khatas/:khata_id/statement.pdf', [controllers.KhataStatements, 'show'])
      .as('khatas.statement')
    router
      .post('/khatas/:khata_id/closing', [controllers.KhataClosings, 'store'])
      .as('khatas.closing')
    router
      .post('/khata-codes', [controllers.KhataCodes, 'store'])
      .as('khata_codes.store')
      .use([throttleCodes, throttleCodesByAddress])
    router
      .post('/shops/:shop_id/khata-requests', [controllers.KhataRequests, 'store'])
      .as('khata_requests.store')
      .use(throttleKhataRequests)
    router
      .delete('/khata-requests/:id', [controllers.KhataRequests, 'destroy'])
      .as('khata_requests.destroy')
    router
      .group(() => {
        router.post('/acceptance', [controllers.KhataAcceptances, 'store']).as('acceptance')
        router.post('/refusal', [controllers.KhataRefusals, 'store']).as('refusal')
      })
      .prefix('/khata-invitations/:id')
      .as('khata_invitations')
    router
      .group(() => {
        router.get('/change', [controllers.Amendments, 'edit']).as('change')
        router.put('/change', [controllers.Amendments, 'update']).as('amend')
        router.post('/cancellation', [controllers.OrderCancellations, 'store']).as('cancellation')
        router.post('/payment', [controllers.Payments, 'store']).as('payment')
        router.post('/items/:item_id/answer', [controllers.WeightAnswers, 'store']).as('answer')
        router.post('/reorder', [controllers.Reorders, 'store']).as('reorder')
        router.get('/bill', [controllers.Bills, 'show']).as('bill')
        router.get('/bill.pdf', [controllers.Bills, 'pdf']).as('bill_pdf')
        router.get('/upi.svg', [controllers.UpiCodes, 'order']).as('upi_code')
        router.get('/upi.png', [controllers.UpiCodes, 'orderPicture']).as('upi_picture')
      })
      .prefix('/orders/:order_id')
      .as('orders')
  })
  .use([...pages, middleware.loggedIn(), throttleOrderPages, middleware.writes()])
