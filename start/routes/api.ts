import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware, pages } from '#start/kernel'
import {
  slowDownStrangers,
  throttleApi,
  throttleLogin,
  throttleLoginByAddress,
  throttleOrders,
  throttleRegistration,
} from '#start/limits'

/** API routes: no session; the token identifies the user, cookies are ignored. */
router
  .group(() => {
    router
      .post('/register', [controllers.api.Accounts, 'store'])
      .as('accounts.store')
      .use([throttleRegistration])
    router
      .post('/token', [controllers.api.Tokens, 'store'])
      .as('tokens.store')
      .use([middleware.initializeAuth(), throttleLogin, throttleLoginByAddress, slowDownStrangers])

    router
      .group(() => {
        router.get('/me', [controllers.api.Profile, 'show']).as('profile.show')
        router.get('/search', [controllers.api.Searches, 'show']).as('searches.show')
        router.get('/shops', [controllers.api.Shops, 'index']).as('shops.index')
        router.get('/shops/:id', [controllers.api.Shops, 'show']).as('shops.show')
        router
          .get('/shops/:shop_id/products', [controllers.api.Products, 'index'])
          .as('products.index')
        router
          .get('/shops/:shop_id/products/:product_id', [controllers.api.Products, 'show'])
          .as('products.show')
        router.get('/shops/:shop_id/slots', [controllers.api.Slots, 'index']).as('slots.index')
        router.delete('/token', [controllers.api.Tokens, 'destroy']).as('tokens.destroy')
        router
          .post('/shops', [controllers.api.Shops, 'store'])
          .as('shops.store')
          .use(middleware.role({ only: 'shopowner', to: 'create shops' }))
        router.get('/orders/:id', [controllers.api.Orders, 'show']).as('orders.show')
        router.get('/orders/me', [controllers.api.Orders, 'index']).as('orders.index')
        router
          .post('/orders', [controllers.api.Orders, 'store'])
          .as('orders.store')
          .use(throttleOrders)
        router.patch('/orders/:id', [controllers.api.Orders, 'update']).as('orders.update')
        router
          .post('/orders/:id/cancel', [controllers.api.OrderCancellations, 'store'])
          .as('order_cancellations.store')
        router
          .patch('/orders/:id/status', [controllers.api.OrderStatuses, 'update'])
          .as('order_statuses.update')
          .use(middleware.role({ only: 'shopowner', to: 'update the status of an order' }))
        router
          .patch('/orders/:id/items/:item_id', [controllers.api.OrderItems, 'update'])
          .as('order_items.update')
          .use(middleware.role({ only: 'shopowner', to: 'weigh the items of an order' }))
        router
          .post('/orders/:id/items/:item_id/answer', [controllers.api.WeightAnswers, 'store'])
          .as('weight_answers.store')
        router.get('/orders/:id/bill', [controllers.api.Bills, 'show']).as('bills.show')
        router
          .get('/debug/db', [controllers.api.Database, 'show'])
          .as('database.show')
          .use(middleware.admin())
        router
          .group(() => {
            router.delete('/shops/:id', [controllers.api.Shops, 'destroy']).as('shops.destroy')
            router
              .post('/shops/:shop_id/products', [controllers.api.Products, 'store'])
              .as('products.store')
            router
              .put('/shops/:shop_id/products/:product_id', [controllers.api.Products, 'update'])
              .as('products.update')
            router
              .patch('/shops/:shop_id/products/:product_id', [controllers.api.Products, 'patch'])
              .as('products.patch')
            router
              .delete('/shops/:shop_id/products/:product_id', [controllers.api.Products, 'destroy'])
              .as('products.destroy')
          })
          .use([middleware.role({ only: 'shopowner', to: 'modify shops' }), middleware.ownShop()])
      })
      .use([middleware.token(), throttleApi])
  })
  .prefix('/api')
  .as('api')
  .use(middleware.api())

router.get('/openapi.json', [controllers.ApiDocuments, 'show']).as('api_documents.show')
router.get('/docs', [controllers.ApiDocuments, 'page']).as('api_documents.page').use(pages)
