import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { uuidInPath } from '#validators/uuid'
import { middleware, pages } from '#start/kernel'
import {
  slowDownStrangers,
  throttleLogin,
  throttleLoginByAddress,
  throttleRegistration,
} from '#start/limits'

router.where('id', uuidInPath)
router.where('shop_id', uuidInPath)
router.where('product_id', uuidInPath)
router.where('order_id', uuidInPath)
router.where('item_id', uuidInPath)
router.where('import_id', uuidInPath)
router.where('khata_id', uuidInPath)
router.where('transaction_id', uuidInPath)

router.get('/metrics', [controllers.Metrics, 'show']).as('metrics')
router.get('/health/live', [controllers.Health, 'live']).as('health.live')
router.get('/health/ready', [controllers.Health, 'ready']).as('health.ready')

router
  .group(() => {
    router.get('/', [controllers.Home, 'show']).as('home')
    router.get('/offline', [controllers.Offline, 'show']).as('offline')
    router.post('/language', [controllers.Languages, 'update']).as('language.update')

    router.get('/place', [controllers.Places, 'edit']).as('place.edit')
    router.put('/place', [controllers.Places, 'update']).as('place.update')
    router.delete('/place', [controllers.Places, 'destroy']).as('place.destroy')

    router.get('/shops', [controllers.Shops, 'index']).as('shops.index')
    router.get('/shops/:id', [controllers.Shops, 'show']).as('shops.show')
    router.get('/shops/:shop_id/products/:id', [controllers.Products, 'show']).as('products.show')
    router.get('/search', [controllers.Searches, 'show']).as('searches.show')
    router.get('/search/suggestions', [controllers.Suggestions, 'index']).as('suggestions.index')

    router.get('/cart', [controllers.Cart, 'show']).as('cart.show')
    router.delete('/cart', [controllers.Cart, 'destroy']).as('cart.destroy')
    router.post('/cart/items', [controllers.CartItems, 'store']).as('cart_items.store')
    router.put('/cart/items/:id', [controllers.CartItems, 'update']).as('cart_items.update')
    router.delete('/cart/items/:id', [controllers.CartItems, 'destroy']).as('cart_items.destroy')

    router.post('/logout', [controllers.Sessions, 'destroy']).as('sessions.destroy')
    router
      .group(() => {
        router.get('/login', [controllers.Sessions, 'create']).as('sessions.create')
        router
          .post('/login', [controllers.Sessions, 'store'])
          .as('sessions.store')
          .use([throttleLogin, throttleLoginByAddress, slowDownStrangers])
        router
          .get('/register/:role', [controllers.Accounts, 'create'])
          .where('role', /^(customer|shopowner)$/)
          .as('accounts.create')
        router
          .post('/register/:role', [controllers.Accounts, 'store'])
          .where('role', /^(customer|shopowner)$/)
          .as('accounts.store')
          .use([throttleRegistration, middleware.writes()])
      })
      .use(middleware.guest())
  })
  .use(pages)
